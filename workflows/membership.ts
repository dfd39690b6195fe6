import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { membership as contract } from './contracts/membership.ts';

/** A legal entity comes to a client's group or leaves it, by decision of the office and with its second person. */
export async function membership(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask }) => {
    for (;;) {
      if ((await ask('examining')).outcome === 'refuse') return 'refused';
      if ((await ask('checking')).outcome === 'confirm') return 'changed';
    }
  });
}
