import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { recommendation as contract } from './contracts/recommendation.ts';

/** A unit's client becomes a key account, or does not (Articles 7.1, 12, 4.6). */
export async function recommendation(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot, policy }) => {
    while ((await ask('endorsing')).outcome === 'return') {
      if ((await ask('draft')).outcome === 'silent') return 'lapsed';
    }

    for (;;) {
      const screened = await ask('screening');
      if (screened.outcome === 'ineligible') return 'ineligible';
      if (screened.outcome === 'accept') break;
      if ((await ask('supplementing')).outcome === 'silent') return 'lapsed';
    }

    await ask('evaluating');

    const approved = await ballot('approving');
    if (approved === 'lapse') return 'lapsed';
    if (approved !== 'passed') return 'rejected';

    for (let refusals = 0; refusals < policy.maxNominations; refusals++) {
      if ((await ask('nominating')).outcome === 'silent') return 'lapsed';
      const confirmed = await ballot('confirming');
      if (confirmed === 'passed') return 'established';
      if (confirmed === 'lapse') return 'lapsed';
    }
    const named = await ask('appointing');
    return named.outcome === 'appoint' ? 'established' : 'rejected';
  });
}
