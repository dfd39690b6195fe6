import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { suggestion as contract } from './contracts/suggestion.ts';

/** A warning or proposal about a key account is weighed, and what is accepted is carried out under supervision (Article 6.3). */
export async function suggestion(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot }) => {
    for (;;) {
      const weighed = await ask('weighing');
      if (weighed.outcome === 'refuse') return 'refused';
      if (weighed.outcome === 'accept') break;
      if (weighed.outcome === 'refer') {
        const decided = await ballot('deciding');
        if (decided === 'lapse') return 'lapsed';
        if (decided !== 'passed') return 'refused';
        break;
      }
      if ((await ask('supplementing')).outcome === 'silent') return 'lapsed';
    }

    do await ask('carryingOut');
    while ((await ask('closing')).outcome === 'addMeasures');
    return 'closed';
  });
}
