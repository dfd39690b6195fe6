import { runCase } from './case.ts';
import type { CaseStart } from './contracts/case.ts';
import { reassignment as contract } from './contracts/reassignment.ts';

/** The manager or the unit of key accounts is replaced, for cause (Article 7.3) or without fault (Article 4.3). */
export async function reassignment(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot, policy }) => {
    const admitted = await ask('admission');
    if (admitted.outcome === 'dismiss') return 'dismissed';

    // Nobody follows where a co-holding ends: what it had passes to those who lead the account.
    if (admitted.outcome === 'hear') {
      await ask('hearing');
      const ended = await ballot('ending');
      if (ended === 'lapse') return 'lapsed';
      if (ended !== 'passed') return 'dismissed';
      await ask('handover');
      return 'completed';
    }

    if (admitted.outcome === 'admit') {
      await ask('statement');
      const removed = await ballot('removing');
      if (removed === 'lapse') return 'lapsed';
      if (removed !== 'passed') return 'dismissed';
    }

    // An account that has lost its manager is not left without one: where the unit names nobody, or none the committee has, the director does.
    let confirmed = false;
    for (let refusals = 0; !confirmed && refusals < policy.maxNominations; refusals++) {
      if ((await ask('nominating')).outcome === 'silent') break;
      const outcome = await ballot('confirming');
      if (outcome === 'lapse') return 'lapsed';
      confirmed = outcome === 'passed';
    }
    if (!confirmed) await ask('appointing');

    await ask('handover');
    return 'completed';
  });
}
