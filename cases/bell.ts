import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { type CaseStart, caseWorkflowId, DECIDED, type Doorbell } from '../workflows/contracts/case.ts';
import { ANY_RUN, UNFINISHED_RUN } from './deps.ts';
import type { Bell } from './relay.ts';

const DEADLINE_MS = 10_000;

/**
 * Rings a case: the Signal `decided`, starting its workflow where it has none yet or where the last run failed. A case whose
 * workflow has completed is never run twice.
 */
export function caseBell(client: Client, taskQueue: string): Bell {
  return async ({ caseId, process, seq, endsRun }) => {
    const start = () =>
      client.workflow.signalWithStart<(start: CaseStart) => Promise<string>, [Doorbell]>(process, {
        workflowId: caseWorkflowId(process, caseId),
        taskQueue,
        args: [{ caseId }],
        signal: DECIDED,
        signalArgs: [{ seq }],
        // Where it is to be started again, also a run that completed is no end: the facts say that the case is open.
        workflowIdReusePolicy:
          endsRun === null || endsRun === UNFINISHED_RUN ? 'ALLOW_DUPLICATE_FAILED_ONLY' : 'ALLOW_DUPLICATE',
        typedSearchAttributes: [{ key: { name: 'CaseProcess', type: 'KEYWORD' }, value: process }],
      });
    try {
      if (endsRun !== null)
        await client.withDeadline(Date.now() + DEADLINE_MS, () => end(client, process, caseId, endsRun));
      await client.withDeadline(Date.now() + DEADLINE_MS, start);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  };
}

/** Ends exactly the run that was to be ended; whatever has taken its place since is left alone, unless any was meant. */
async function end(client: Client, process: string, caseId: string, runId: string): Promise<void> {
  const isOne = runId !== ANY_RUN && runId !== UNFINISHED_RUN;
  const handle = client.workflow.getHandle(caseWorkflowId(process, caseId), isOne ? runId : undefined);
  try {
    await handle.terminate('started again from the facts');
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
