import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { publication as contract } from './contracts/publication.ts';

/** An edition of the list is compiled by the office, approved and ratified part by part, signed by the director, and published (Articles 4.6, 8). */
export async function publication(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot }) => {
    for (;;) {
      // A part without a line is nothing to decide on.
      const { parts } = (await ask('compiling')).codes as { readonly parts: readonly string[] };
      const company = parts.includes('company') ? await ballot('companyPart') : 'passed';
      if (company === 'lapse') return 'lapsed';
      if (company !== 'passed') continue;
      const branch = parts.includes('branch') ? await ballot('branchPart') : 'passed';
      if (branch === 'lapse') return 'lapsed';
      if (branch !== 'passed') continue;
      if ((await ask('signing')).outcome === 'sign') return 'published';
    }
  });
}
