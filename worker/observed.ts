import { activityInfo } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { CaseDeps } from '../cases/deps.ts';
import { rungFrom } from '../cases/relay.ts';
import { comingFrom, type Origin, originFields } from '../platform/origin.ts';
import type { Tracing } from '../platform/tracing.ts';

/** Where an activity is in its process; anything may arrive in a workflow that was started by hand. */
type Place = {
  readonly caseId?: string;
  readonly accountId?: string;
  readonly step?: string;
  readonly round?: number;
};

/**
 * Gives each activity its line in the log, and what it does the origin of the doorbell that woke the workflow. The workflow itself is told
 * nothing of requests and traces: its histories stay as they are.
 */
export const observed =
  (deps: CaseDeps): ActivityInterceptorsFactory =>
  () => ({
    inbound: {
      async execute(input, next) {
        const began = performance.now();
        const place = (input.args[0] ?? {}) as Place;
        const { caseId, accountId, step, round } = place;
        const work = () => next(input);
        const from = await rungFrom(deps, caseId ?? accountId);
        const { activityType, attempt, workflowExecution } = activityInfo();
        const fields = { caseId, accountId, step, round, activityType, attempt, runId: workflowExecution?.runId };
        let state: string | undefined;
        try {
          const result = await comingFrom(from, () =>
            deps.tracing ? traced(deps.tracing, from, place, work) : work(),
          );
          state = (result as { is?: string } | undefined)?.is;
          return result;
        } catch (error) {
          state = 'failed';
          throw error;
        } finally {
          const durationMs = Math.round(performance.now() - began);
          deps.log.info('activity', { ...fields, ...originFields(from), state, durationMs });
        }
      },
    },
  });

/** A span for the workflow's turn, from when it wanted the activity, and in it one for the activity itself. */
function traced<Result>(
  tracing: Tracing,
  { requestId }: Origin,
  place: Place,
  work: () => Promise<Result>,
): Promise<Result> {
  const { activityType, attempt, scheduledTimestampMs, workflowExecution, workflowType } = activityInfo();
  const fields = {
    'approvals.case_id': place.caseId,
    'approvals.account_id': place.accountId,
    'approvals.step': place.step,
    'approvals.round': place.round,
    'approvals.request_id': requestId,
    'temporal.workflow_id': workflowExecution?.workflowId,
    'temporal.run_id': workflowExecution?.runId,
  };
  return tracing.span(`workflow ${workflowType}`, { kind: 'consumer', startedAt: scheduledTimestampMs, fields }, () =>
    tracing.span(
      `activity ${activityType}`,
      { fields: { ...fields, 'temporal.activity_type': activityType, 'temporal.attempt': attempt } },
      work,
    ),
  );
}
