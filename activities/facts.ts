import { ApplicationFailure } from '@temporalio/activity';
import { decideBySignal } from '../cases/bySignal.ts';
import { conclude } from '../cases/conclusion.ts';
import type { CaseDeps } from '../cases/deps.ts';
import { loadPolicy } from '../cases/policies.ts';
import { openStep, progress } from '../cases/steps.ts';
import { inCase } from '../cases/transaction.ts';
import type { StepActivities } from '../workflows/contracts/case.ts';

/** The workflows' way to the facts: the same functions, on the same locked case row, as the API's. */
export function createFactActivities(deps: CaseDeps): StepActivities {
  return {
    async begin({ caseId }) {
      const { rows } = await deps.pool.query<{ policy_version: number }>(
        'SELECT policy_version FROM cases WHERE id = $1',
        [caseId],
      );
      const [row] = rows;
      // A workflow started by hand, for no case: nothing would ever mend it.
      if (!row) throw ApplicationFailure.nonRetryable('no such case', 'notFound');
      return { policy: (await loadPolicy(deps.pool, row.policy_version)).values };
    },
    openStep: ({ now, ...place }) => inCase(deps, { caseId: place.caseId, now }, (tx) => openStep(tx, place)),
    progress: ({ now, ...place }) => inCase(deps, { caseId: place.caseId, now }, (tx) => progress(tx, place)),
    conclude: ({ caseId, state, now }) =>
      inCase(deps, { caseId, now }, async (tx) => ({ state: await conclude(tx, state) })),
    decideBySignal: ({ caseId, signal }) => decideBySignal(deps, caseId, signal),
  };
}
