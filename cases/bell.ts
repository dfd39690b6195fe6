import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type CaseStart, caseWorkflowId, DECIDED, type Doorbell } from '../workflows/contracts/case.ts';
import type { Bell } from './relay.ts';

const DEADLINE_MS = 10_000;

/**
 * Rings a case: the Signal `decided`, starting its workflow where it has none yet or where the last run failed. A case whose
 * workflow has completed is never run twice.
 */
export function caseBell(client: Client, taskQueue: string): Bell {
  return async ({ caseId, process, seq }) => {
    const start = () =>
      client.workflow.signalWithStart<(start: CaseStart) => Promise<string>, [Doorbell]>(process, {
        workflowId: caseWorkflowId(process, caseId),
        taskQueue,
        args: [{ caseId }],
        signal: DECIDED,
        signalArgs: [{ seq }],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        typedSearchAttributes: [{ key: { name: 'CaseProcess', type: 'KEYWORD' }, value: process }],
      });
    try {
      await client.withDeadline(Date.now() + DEADLINE_MS, start);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  };
}
