import { activityInfo } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { CaseDeps } from '../cases/deps.ts';
import { rungFrom } from '../cases/relay.ts';
import { comingFrom, originFields } from '../platform/origin.ts';

/** Where an activity is in its process; anything may arrive in a workflow that was started by hand. */
type Place = { readonly caseId?: string; readonly step?: string; readonly round?: number };

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
        const { caseId, step, round } = (input.args[0] ?? {}) as Place;
        const from = await rungFrom(deps, caseId);
        const { activityType, attempt, workflowExecution } = activityInfo();
        const fields = { caseId, step, round, activityType, attempt, runId: workflowExecution?.runId };
        let state: string | undefined;
        try {
          const result = await comingFrom(from, () => next(input));
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
