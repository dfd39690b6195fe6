import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { exit as contract } from './contracts/exit.ts';

/** Within the year a key account is kept, leaves the list, or cooperation with it ends (系统默认). */
export async function exit(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, choose }) => {
    while ((await ask('admission')).outcome === 'return') {
      if ((await ask('supplementing')).outcome === 'silent') return 'lapsed';
    }
    await ask('statement');
    return (await choose('deciding')).option;
  });
}
