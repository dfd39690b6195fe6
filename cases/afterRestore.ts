import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Pool } from 'pg';
import { caseWorkflowId } from '../workflows/contracts/case.ts';
import { ANY_RUN, UNFINISHED_RUN } from './deps.ts';
import { RANG } from './executionAgreement.ts';
import { LIVES } from './lives.ts';

/**
 * After a restore the database wins: whatever Temporal has, older, newer or nothing, every open case and every life leaves a doorbell that ends
 * its run and starts it again from the facts. Of those that closed within `retentionDays` an execution is made good where none completed.
 * @returns how many doorbells wait now
 */
export async function startAllAgain(pool: Pool, retentionDays: number): Promise<number> {
  const { rowCount } = await pool.query(
    `INSERT INTO outbox (case_id, process, seq, ends_run)
     SELECT c.id, c.process, c.seq, CASE WHEN c.closed_at IS NULL THEN $1 ELSE $2 END FROM cases c
     WHERE (c.closed_at IS NULL OR c.closed_at > now() - make_interval(days => $3)) AND ${RANG}
     UNION ALL SELECT l.id, l.process, 0, CASE WHEN l.closed_at IS NULL THEN $1 ELSE $2 END FROM ${LIVES} l
     WHERE l.closed_at IS NULL OR l.closed_at > now() - make_interval(days => $3)`,
    [ANY_RUN, UNFINISHED_RUN, retentionDays],
  );
  return rowCount ?? 0;
}

/**
 * Ends the executions that go on for cases and lives which the restored database does not know, or cases it knows as drafts: nothing would ever settle
 * what they wait for. @returns how many were ended
 */
export async function endStrays(pool: Pool, client: Client): Promise<number> {
  const { rows } = await pool.query<{ id: string; process: string }>(
    `SELECT c.id, c.process FROM cases c WHERE ${RANG} UNION ALL SELECT l.id, l.process FROM ${LIVES} l`,
  );
  const known = new Set(rows.map(({ id, process }) => caseWorkflowId(process, id)));
  let ended = 0;
  for await (const { workflowId, runId } of client.workflow.list({
    query: `ExecutionStatus = 'Running' AND CaseProcess IS NOT NULL`,
  })) {
    if (known.has(workflowId)) continue;
    try {
      await client.workflow.getHandle(workflowId, runId).terminate('no case of the restored database');
      ended += 1;
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
  return ended;
}
