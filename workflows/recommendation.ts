import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { recommendation as contract } from './contracts/recommendation.ts';
import { confirmedManager } from './nomination.ts';

/** A unit's client becomes a key account, or does not (Articles 7.1, 12, 4.6). */
export async function recommendation(start: CaseStart): Promise<string> {
  return runCase(contract, start, async (prose) => {
    const { ask, ballot } = prose;
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

    const manager = await confirmedManager(prose);
    return manager === 'confirmed' ? 'established' : manager;
  });
}
