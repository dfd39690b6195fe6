import { runCase } from './case.ts';
import { breach as contract } from './contracts/breach.ts';
import type { CaseStart } from './contracts/case.ts';

/** A unit is said to develop a client that another holds; the committee decides whether it does (Article 7.3). */
export async function breach(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot }) => {
    if ((await ask('admission')).outcome === 'dismiss') return 'unfounded';
    await ask('statement');
    const decided = await ballot('deciding');
    if (decided === 'lapse') return 'lapsed';
    if (decided !== 'passed') return 'unfounded';
    await ask('concluding');
    return 'upheld';
  });
}
