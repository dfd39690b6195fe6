import { runCase } from '../../../workflows/case.ts';
import type { CaseStart } from '../../../workflows/contracts/case.ts';
import { bulletin as contract } from './contract.ts';

/** A unit's bulletin is reviewed by the office, and by the committee where the office refers it (Article 4.4). */
export async function bulletin(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot }) => {
    for (;;) {
      const reviewed = await ask('reviewing');
      if (reviewed.outcome === 'publish') return 'published';
      if (reviewed.outcome === 'refer') break;
      if ((await ask('revising')).outcome === 'silent') return 'lapsed';
    }
    const ratified = await ballot('ratifying');
    if (ratified === 'lapse') return 'lapsed';
    return ratified === 'passed' ? 'published' : 'refused';
  });
}
