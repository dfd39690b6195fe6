import { runCase } from '../../../workflows/case.ts';
import type { CaseStart } from '../../../workflows/contracts/case.ts';
import { choosing as contract } from './contract.ts';

/** The committee chooses. */
export async function choosing(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ choose }) => (await choose('choosing')).option);
}
