import { setTimeout as pause } from 'node:timers/promises';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Pool } from 'pg';
import { caseWorkflowId } from '../workflows/contracts/case.ts';
import { LIVES } from './lives.ts';

/** Where a case, or another life, stands, as far as its workflow is concerned. */
export type CasePlace = {
  readonly id: string;
  readonly process: string;
  readonly state: string;
  readonly closedAt: Date | null;
  /** Whether the case ever rang: a draft that was never submitted has no workflow. */
  readonly rang: boolean;
  /** Whether a doorbell waits in the outbox. */
  readonly doorbell: boolean;
  /** Whether a step is settled that the workflow has not walked past. */
  readonly behind: boolean;
  /** Whether a step is open. */
  readonly waits: boolean;
  /** Whether a deadline has passed that the workflow has not settled. */
  readonly overdue: boolean;
};

/** `keptSince`: executions closed earlier may be gone. `settled`: everything has had its time, and nothing may wait to be done. */
export type Expected = { readonly keptSince: Date; readonly settled: boolean };

/** What Temporal has of a case: null for nothing (never started, or past its retention). */
export type ExecutionPlace = { readonly status: string; readonly result: unknown } | null;

/** What disagrees between a case and its execution, or null. Pure. */
export function executionProblem(place: CasePlace, execution: ExecutionPlace, expected: Expected): string | null {
  const { keptSince, settled } = expected;
  if (settled && place.doorbell) return 'a doorbell waits';
  if (settled && place.overdue) return 'a deadline has passed, and nobody settles it';
  if (place.closedAt !== null) {
    if (!execution) return place.rang && place.closedAt > keptSince ? 'closed, and no execution is kept' : null;
    if (execution.status !== 'COMPLETED') return `closed as ${place.state}, execution ${execution.status}`;
    return execution.result === place.state ? null : `closed as ${place.state}, execution ended ${execution.result}`;
  }
  // One that was ended is left over from a time that a restored database does not know of.
  if (!place.rang)
    return execution && execution.status !== 'TERMINATED' ? `never submitted, execution ${execution.status}` : null;
  // What waits in the outbox starts the execution, or brings it on.
  if (place.doorbell) return execution?.status === 'COMPLETED' ? 'open, execution COMPLETED' : null;
  if (!execution) return 'open, no execution, and no doorbell waits';
  if (execution.status !== 'RUNNING') return `open, execution ${execution.status}`;
  if (place.behind) return 'a step is settled, and nobody rings';
  return place.waits ? null : 'open, and waits for nothing';
}

/** The kinds of the facts of which each starts a case's workflow, as an SQL list. */
export const STARTING_FACTS = `('submitted', 'withdrawn', 'overridden', 'accountEnded')`;
/** Whether a case `c` ever rang. */
export const RANG = `EXISTS (SELECT 1 FROM facts f WHERE f.case_id = c.id AND f.kind IN ${STARTING_FACTS})`;

export type ExecutionReport =
  | { readonly temporal: 'away' }
  | {
      readonly temporal: 'compared';
      readonly problems: readonly { readonly place: Pick<CasePlace, 'id' | 'process'>; readonly problem: string }[];
    };

const AT_ONCE = 16;
const DEADLINE_MS = 5_000;
// A running system moves while it is looked at: what disagrees is looked at again before it is reported.
const LOOK_MS = 5_000;
// A doorbell that was not taken is rung again within a minute.
const SETTLE_MS = 120_000;
const BETWEEN_LOOKS_MS = 250;

/** Compares cases and lives with their executions; where they are to be `settled`, gives them some minutes to be. Temporal away is no agreement, and said as such. */
export async function compareExecutions(
  pool: Pool,
  client: Client,
  ids: readonly string[],
  settled: boolean,
): Promise<ExecutionReport> {
  try {
    const expected = { keptSince: new Date(Date.now() - (await retentionMs(client))), settled };
    const end = Date.now() + (settled ? SETTLE_MS : LOOK_MS);
    let left = ids;
    for (;;) {
      const problems = await disagreements(pool, client, left, expected);
      if (problems.length === 0 || Date.now() > end) return { temporal: 'compared', problems };
      left = problems.map(({ place }) => place.id);
      await pause(BETWEEN_LOOKS_MS);
    }
  } catch (error) {
    if (error instanceof TemporalAway) return { temporal: 'away' };
    throw error;
  }
}

class TemporalAway extends Error {}

async function disagreements(pool: Pool, client: Client, ids: readonly string[], expected: Expected) {
  const problems: { place: CasePlace; problem: string }[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const places = await placesOf(pool, ids.slice(start, start + AT_ONCE));
    const found = await Promise.all(
      places.map(async (place) => executionProblem(place, await executionOf(client, place), expected)),
    );
    for (const [index, place] of places.entries()) {
      const problem = found[index];
      if (problem) problems.push({ place, problem });
    }
  }
  return problems;
}

async function placesOf(pool: Pool, ids: readonly string[]): Promise<CasePlace[]> {
  const { rows } = await pool.query<CasePlace>(
    `SELECT c.id, c.process, c.state, c.closed_at AS "closedAt",
       ${RANG} AS rang,
       EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id) AS doorbell,
       EXISTS (SELECT 1 FROM steps s WHERE s.case_id = c.id AND s.closed_seq > c.settled_seq) AS behind,
       EXISTS (SELECT 1 FROM steps s WHERE s.case_id = c.id AND s.outcome IS NULL) AS waits,
       c.closed_at IS NULL AND (EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open' AND t.silence <> 'none' AND t.due_at < now())
         OR EXISTS (SELECT 1 FROM ballots b WHERE b.case_id = c.id AND b.status = 'open' AND coalesce(b.director_due_at, b.due_at) < now())) AS overdue
     FROM cases c WHERE c.id = ANY ($1)
     UNION ALL SELECT l.id, l.process, l.state, l.closed_at, true, EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = l.id), false, true, l.overdue
     FROM ${LIVES} l WHERE l.id = ANY ($1)`,
    [ids],
  );
  return rows;
}

async function executionOf(client: Client, { process, id }: CasePlace): Promise<ExecutionPlace> {
  const handle = client.workflow.getHandle(caseWorkflowId(process, id));
  return asking(client, async () => {
    try {
      const status = (await handle.describe()).status.name;
      return { status, result: status === 'COMPLETED' ? await handle.result() : null };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  });
}

async function retentionMs(client: Client): Promise<number> {
  const { namespace } = client.options;
  const described = await asking(client, () => client.workflowService.describeNamespace({ namespace }));
  return Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000;
}

/** Asks Temporal within a few seconds. @throws TemporalAway */
async function asking<T>(client: Client, ask: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + DEADLINE_MS, ask);
  } catch (cause) {
    throw new TemporalAway('Temporal did not answer', { cause });
  }
}
