import { proxyActivities } from '@temporalio/workflow';
import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { publication as contract, type PublicationActivities } from './contracts/publication.ts';

const { beginDueEdition } = proxyActivities<PublicationActivities>({
  startToCloseTimeout: '60 seconds',
  retry: { maximumInterval: '5 minutes' },
});

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

/** What the Schedule of the first of each month starts: an edition of the list, where one is due and none is being prepared. */
export async function publicationStarter(): Promise<void> {
  await beginDueEdition({ now: Date.now() });
}
