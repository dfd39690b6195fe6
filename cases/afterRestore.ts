import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Pool } from 'pg';
import { ACCOUNT } from '../workflows/contracts/account.ts';
import { ANNUAL_REVIEW } from '../workflows/contracts/annualReview.ts';
import { BULK_VOTE } from '../workflows/contracts/bulkVote.ts';
import { caseWorkflowId } from '../workflows/contracts/case.ts';
import { ANY_RUN, UNFINISHED_RUN } from './deps.ts';
import { RANG } from './executionAgreement.ts';

/**
 * After a restore the database wins: whatever Temporal has, older, newer or nothing, every open case and every account leaves a doorbell that
 * ends its run and starts it again from the facts. Of those that closed within `retentionDays` an execution is made good where none completed.
 * @returns how many doorbells wait now
 */
export async function startAllAgain(pool: Pool, retentionDays: number): Promise<number> {
  const { rowCount } = await pool.query(
    `INSERT INTO outbox (case_id, process, seq, ends_run)
     SELECT c.id, c.process, c.seq, CASE WHEN c.closed_at IS NULL THEN $1 ELSE $2 END FROM cases c
     WHERE (c.closed_at IS NULL OR c.closed_at > now() - make_interval(days => $3)) AND ${RANG}
     UNION ALL SELECT a.id, $4, 0, CASE WHEN a.closed_at IS NULL THEN $1 ELSE $2 END FROM accounts a
     WHERE a.closed_at IS NULL OR a.closed_at > now() - make_interval(days => $3)
     UNION ALL SELECT g.year::text, $5, 0, CASE WHEN g.closed_at IS NULL THEN $1 ELSE $2 END FROM campaigns g
     WHERE g.closed_at IS NULL OR g.closed_at > now() - make_interval(days => $3)
     UNION ALL SELECT b.id, $6, 0, CASE WHEN b.finished_at IS NULL THEN $1 ELSE $2 END FROM bulk_votes b
     WHERE b.finished_at IS NULL OR b.finished_at > now() - make_interval(days => $3)`,
    [ANY_RUN, UNFINISHED_RUN, retentionDays, ACCOUNT, ANNUAL_REVIEW, BULK_VOTE],
  );
  return rowCount ?? 0;
}

/**
 * Ends the executions that go on for cases and accounts which the restored database does not know, or cases it knows as drafts: nothing would ever settle
 * what they wait for. @returns how many were ended
 */
export async function endStrays(pool: Pool, client: Client): Promise<number> {
  const { rows } = await pool.query<{ id: string; process: string }>(
    `SELECT c.id, c.process FROM cases c WHERE ${RANG} UNION ALL SELECT id, $1 FROM accounts
     UNION ALL SELECT year::text, $2 FROM campaigns UNION ALL SELECT id, $3 FROM bulk_votes`,
    [ACCOUNT, ANNUAL_REVIEW, BULK_VOTE],
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
