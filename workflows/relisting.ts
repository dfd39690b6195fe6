import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { relisting as contract } from './contracts/relisting.ts';

/** A key account that was taken off the list comes back onto it, or not (Article 4.6). */
export async function relisting(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot }) => {
    while ((await ask('admission')).outcome === 'return') {
      if ((await ask('supplementing')).outcome === 'silent') return 'lapsed';
    }
    const decided = await ballot('deciding');
    if (decided === 'lapse') return 'lapsed';
    return decided === 'passed' ? 'listed' : 'refused';
  });
}
