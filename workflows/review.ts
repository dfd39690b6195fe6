import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { review as contract } from './contracts/review.ts';

/** At year's end a key account is reported on, evaluated, and intensified, maintained or terminated (Article 10.3). */
export async function review(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot, choose }) => {
    // Nobody reported: it is decided on the data at hand.
    while ((await ask('reporting')).outcome === 'report') {
      if ((await ask('endorsing')).outcome === 'endorse') break;
    }
    const { outcome } = await ask('evaluating');
    if (outcome === 'assessGrade' && (await ballot('regrading')) === 'lapse') return 'lapsed';

    const { option } = await choose('deciding');
    if (option === 'maintain') return 'maintained';
    if (option === 'terminate') return 'terminated';

    await ask('planning');
    do await ask('carryingOut');
    while ((await ask('closing')).outcome === 'addMeasures');
    return 'intensified';
  });
}
