import { runCase } from '../../workflows/case.ts';
import type { CaseStart } from '../../workflows/contracts/case.ts';
import { bench as contract } from './contract.ts';

/** The whole committee votes, and that is all. */
export async function bench(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ballot }) => {
    const outcome = await ballot('approving');
    if (outcome === 'lapse') return 'lapsed';
    return outcome === 'passed' ? 'passed' : 'failed';
  });
}
