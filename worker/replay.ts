import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type ReplayHistoriesIterable, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Pool } from 'pg';
import { allContracts } from '../cases/contracts.ts';
import { dataConverter } from '../platform/dataConverter.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { caseWorkflowId } from '../workflows/contracts/case.ts';

/** An open case whose execution does not go on here, and why: the workflows go another way, or it waits in a step they do not have. */
export type Stuck = {
  readonly caseId: string;
  readonly process: string;
  readonly number: string;
  readonly runId: string;
  readonly why: 'otherWay' | 'unknownStep';
  /** The steps it waits in. */
  readonly steps: readonly string[];
};

type OpenCase = { id: string; process: string; number: string; steps: string[] };

/**
 * Replays the execution of every open case on the workflows of this release. Changes nothing.
 * @returns how many there are, and those that do not go on here
 */
export async function replayOpen(
  { pool, client, keys }: { readonly pool: Pool; readonly client: Client; readonly keys: KeyStore },
  workflowBundle: WorkflowBundle,
): Promise<{ replayed: number; stuck: readonly Stuck[] }> {
  const { rows } = await pool.query<OpenCase>(
    `SELECT c.id, c.process, c.number,
       ARRAY(SELECT s.name FROM steps s WHERE s.case_id = c.id AND s.outcome IS NULL) AS steps
     FROM cases c WHERE c.closed_at IS NULL ORDER BY c.opened_at, c.id`,
  );
  const known = new Map(allContracts().map(({ process, steps }) => [process, steps]));
  const runs: { row: OpenCase; runId: string }[] = [];

  async function* histories(): ReplayHistoriesIterable {
    for (const row of rows) {
      const workflowId = caseWorkflowId(row.process, row.id);
      const history = await client.workflow.getHandle(workflowId).fetchHistory().catch(unlessNotFound);
      const runId = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId;
      if (!history || !runId) continue;
      runs.push({ row, runId });
      yield { workflowId, history };
    }
  }

  const stuck: Stuck[] = [];
  let replayed = 0;
  const results = Worker.runReplayHistories(
    { workflowBundle, dataConverter: dataConverter(keys, 'worker') },
    histories(),
  );
  for await (const { error } of results) {
    const { row, runId } = runs[replayed++] as (typeof runs)[number];
    const steps = known.get(row.process);
    const isUnknown = row.steps.some((step) => !(steps && step in steps));
    if (!error && !isUnknown) continue;
    const { id: caseId, process, number } = row;
    stuck.push({ caseId, process, number, runId, why: isUnknown ? 'unknownStep' : 'otherWay', steps: row.steps });
  }
  return { replayed, stuck };
}

/** A draft that was never submitted has no execution. */
function unlessNotFound(error: unknown): null {
  if (error instanceof WorkflowNotFoundError) return null;
  throw error;
}
