import { RANG, STARTING_FACTS } from '../../cases/executionAgreement.ts';
import { LIVES, lifeOf } from '../../cases/lives.ts';
import { type CaseStanding, type ExecutionStanding, problemsOf } from '../../domain/attention.ts';
import { DomainError } from '../../domain/errors.ts';
import { ACCOUNT } from '../../workflows/contracts/account.ts';
import { caseWorkflowId } from '../../workflows/contracts/case.ts';
import type { AttentionView } from '../contract/workflows.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOrNull } from './days.ts';

/** How many executions one look compares, and how many of those in doubt it asks Temporal about one by one. */
const MOST_RUNNING = 5000;
const MOST_ASKED = 100;

type Row = CaseStanding & {
  readonly id: string;
  readonly process: string;
  readonly number: string;
  readonly state: string;
  readonly since: Date | null;
};

// A running system moves while it is looked at: what a case owes is counted from when it began to owe it.
const STANDING = `SELECT c.id, c.process, c.number, c.state, c.closed_at IS NOT NULL AS closed, ${RANG} AS rang,
    (SELECT jsonb_build_object('attempts', o.attempts, 'seconds', extract(epoch FROM now() - f.at)::int)
      FROM outbox o JOIN facts f ON f.case_id = o.case_id AND f.seq = o.seq WHERE o.case_id = c.id ORDER BY o.id LIMIT 1) AS doorbell,
    (SELECT extract(epoch FROM now() - min(f.at))::int FROM steps s JOIN facts f ON f.case_id = s.case_id AND f.seq = s.closed_seq
      WHERE s.case_id = c.id AND s.closed_seq > c.settled_seq) AS "behindSeconds",
    (SELECT extract(epoch FROM now() - min(due))::int FROM (
      SELECT t.due_at AS due FROM tasks t WHERE t.case_id = c.id AND t.status = 'open' AND t.silence <> 'none'
      UNION ALL SELECT coalesce(b.director_due_at, b.due_at) FROM ballots b WHERE b.case_id = c.id AND b.status = 'open') d
      WHERE due < now()) AS "overdueSeconds",
    (SELECT max(f.at) FROM facts f WHERE f.case_id = c.id) AS since
  FROM cases c`;

// The same of the other lives, whose doorbells tell by how often they were rung since when at least they wait.
const LIFE_STANDING = `SELECT l.id, l.process, l.number, l.state, l.closed_at IS NOT NULL AS closed, true AS rang,
    (SELECT jsonb_build_object('attempts', o.attempts, 'seconds', (2 ^ least(o.attempts, 10))::int) FROM outbox o WHERE o.case_id = l.id ORDER BY o.id LIMIT 1) AS doorbell,
    NULL::int AS "behindSeconds",
    CASE WHEN l.clock_at < now() THEN extract(epoch FROM now() - l.clock_at)::int END AS "overdueSeconds",
    l.heard_at AS since
  FROM ${LIVES} l`;

const DOUBTFUL_LIVES = `${LIFE_STANDING} WHERE l.closed_at IS NULL AND (
    EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = l.id AND o.attempts >= 3) OR l.clock_at < now() - interval '1 minute')
  ORDER BY l.id LIMIT ${MOST_ASKED}`;

// What the database alone finds in doubt: a ring unanswered, a step not walked past, a deadline not kept.
const DOUBTFUL = `${STANDING} WHERE c.closed_at IS NULL AND (
    EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id AND o.attempts >= 3)
    OR EXISTS (SELECT 1 FROM steps s WHERE s.case_id = c.id AND s.closed_seq > c.settled_seq)
    OR EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open' AND t.silence <> 'none' AND t.due_at < now() - interval '1 minute')
    OR EXISTS (SELECT 1 FROM ballots b WHERE b.case_id = c.id AND b.status = 'open' AND coalesce(b.director_due_at, b.due_at) < now() - interval '1 minute'))
  ORDER BY c.opened_at LIMIT ${MOST_ASKED}`;

// Open cases and lives that should be running; those that moved within the minute may not be listed by Temporal yet.
const EXPECTED = `SELECT c.id, c.process FROM cases c WHERE c.closed_at IS NULL
    AND EXISTS (SELECT 1 FROM facts f WHERE f.case_id = c.id AND f.kind IN ${STARTING_FACTS} AND f.at < now() - interval '1 minute')
  UNION ALL SELECT l.id, l.process FROM ${LIVES} l WHERE l.closed_at IS NULL AND l.begun_at < now() - interval '1 minute'
  LIMIT ${MOST_RUNNING + 1}`;

/** What needs attention: from the database and Temporal together, or, with Temporal away, from the database alone, and said as such. */
export async function attention(
  deps: ApiDeps,
): Promise<{ items: AttentionView[]; temporal: 'compared' | 'away'; whole: boolean }> {
  const { pool } = deps;
  const [{ rows: doubtfulCases }, { rows: doubtfulLives }, { rows: expected }, running] = await Promise.all([
    pool.query<Row>(DOUBTFUL),
    pool.query<Row>(DOUBTFUL_LIVES),
    pool.query<{ id: string; process: string }>(EXPECTED),
    deps.executions.running(MOST_RUNNING).catch(nullWhenAway),
  ]);
  const doubtful = [...doubtfulCases, ...doubtfulLives];
  if (!running) {
    const items = doubtful.map((row) => viewOf(caseWorkflowId(row.process, row.id), row, undefined));
    return { items: items.filter(isWrong), temporal: 'away', whole: doubtful.length < MOST_ASKED };
  }
  const inDoubt = new Set(doubtful.map((row) => caseWorkflowId(row.process, row.id)));
  const isRunning = new Set(running.ids);
  if (running.whole && expected.length <= MOST_RUNNING)
    for (const { id, process } of expected) {
      const workflowId = caseWorkflowId(process, id);
      if (!isRunning.has(workflowId)) inDoubt.add(workflowId);
    }
  for (const workflowId of await withoutOpenCase(deps, running.ids)) inDoubt.add(workflowId);
  const asked = [...inDoubt].slice(0, MOST_ASKED);
  const { rows } = await pool.query<Row>(
    `${STANDING} WHERE c.id = ANY ($1) UNION ALL ${LIFE_STANDING} WHERE l.id = ANY ($1)`,
    [asked.map(caseIdOf)],
  );
  const standing = new Map(rows.map((row) => [caseWorkflowId(row.process, row.id), row]));
  const items = await Promise.all(
    asked.map(async (workflowId) =>
      viewOf(workflowId, standing.get(workflowId) ?? null, await standingOf(deps, workflowId)),
    ),
  );
  return {
    items: items.filter(isWrong),
    temporal: 'compared',
    whole: running.whole && expected.length <= MOST_RUNNING && inDoubt.size <= MOST_ASKED,
  };
}

/** Executions that run though their case or life has ended, or is none of ours. */
async function withoutOpenCase({ pool }: ApiDeps, workflowIds: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT u.id FROM unnest($1::text[]) u(id) LEFT JOIN cases c ON c.id = split_part(u.id, ':', 2)
       LEFT JOIN ${LIVES} l ON l.id = split_part(u.id, ':', 2)
     WHERE coalesce(c.id, l.id) IS NULL OR coalesce(c.closed_at, l.closed_at) < now() - interval '1 minute' LIMIT ${MOST_ASKED}`,
    [workflowIds],
  );
  return rows.map((row) => row.id);
}

async function standingOf(
  { executions }: ApiDeps,
  workflowId: string,
): Promise<(ExecutionStanding & { readonly startedAt: string }) | null | undefined> {
  try {
    const execution = await executions.find(workflowId);
    if (!execution) return null;
    const busy =
      execution.status === 'running'
        ? await executions.busy(workflowId)
        : { taskAttempts: 0, taskFailure: null, activities: [] };
    return { status: execution.status, startedAt: execution.startedAt, ...busy };
  } catch (error) {
    return nullWhenAway(error) ?? undefined;
  }
}

function nullWhenAway(error: unknown): null {
  if (error instanceof DomainError && error.code === 'temporalAway') return null;
  throw error;
}

function viewOf(workflowId: string, row: Row | null, execution: ExecutionStanding | null | undefined): AttentionView {
  return {
    workflowId,
    caseId: row && !lifeOf(row.process) ? row.id : null,
    accountId: row?.process === ACCOUNT ? row.id : null,
    caseNumber: row?.number ?? null,
    caseState: row?.state ?? null,
    status: execution?.status ?? null,
    since: timeOrNull(row?.since ?? null),
    problems: [...problemsOf(row, execution)],
  };
}

const isWrong = ({ problems }: AttentionView): boolean => problems.length > 0;
const caseIdOf = (workflowId: string): string => workflowId.slice(workflowId.indexOf(':') + 1);
