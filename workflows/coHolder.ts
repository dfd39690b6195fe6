import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { coHolder as contract } from './contracts/coHolder.ts';
import { confirmedManager } from './nomination.ts';

/** A unit, or a second manager of one, is added to a key account's holders (Article 7.4). */
export async function coHolder(start: CaseStart): Promise<string> {
  return runCase(contract, start, async (prose) => {
    const decided = await prose.ballot('deciding');
    if (decided === 'lapse') return 'lapsed';
    if (decided !== 'passed') return 'refused';

    const manager = await confirmedManager(prose);
    return { confirmed: 'added', rejected: 'refused', lapsed: 'lapsed' }[manager];
  });
}
