import { RANG, STARTING_FACTS } from '../../cases/executionAgreement.ts';
import { type CaseStanding, type ExecutionStanding, problemsOf } from '../../domain/attention.ts';
import { DomainError } from '../../domain/errors.ts';
import { ACCOUNT } from '../../workflows/contracts/account.ts';
import { ANNUAL_REVIEW } from '../../workflows/contracts/annualReview.ts';
import { BULK_VOTE } from '../../workflows/contracts/bulkVote.ts';
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

// The same of accounts, whose doorbells tell by how often they were rung since when at least they wait.
const ACCOUNT_STANDING = `SELECT a.id, '${ACCOUNT}' AS process, a.archive_no AS number, a.state, a.closed_at IS NOT NULL AS closed, true AS rang,
    (SELECT jsonb_build_object('attempts', o.attempts, 'seconds', (2 ^ least(o.attempts, 10))::int) FROM outbox o WHERE o.case_id = a.id ORDER BY o.id LIMIT 1) AS doorbell,
    NULL::int AS "behindSeconds",
    CASE WHEN a.clock_at < now() THEN extract(epoch FROM now() - a.clock_at)::int END AS "overdueSeconds",
    (SELECT max(n.told_at) FROM account_notices n WHERE n.account_id = a.id) AS since
  FROM accounts a`;

// The same of campaigns, and of the bulk votes of their members.
const CAMPAIGN_STANDING = `SELECT g.year::text AS id, '${ANNUAL_REVIEW}' AS process, g.year::text AS number, g.state, g.closed_at IS NOT NULL AS closed, true AS rang,
    (SELECT jsonb_build_object('attempts', o.attempts, 'seconds', (2 ^ least(o.attempts, 10))::int) FROM outbox o WHERE o.case_id = g.year::text ORDER BY o.id LIMIT 1) AS doorbell,
    NULL::int AS "behindSeconds",
    CASE WHEN g.clock_at < now() THEN extract(epoch FROM now() - g.clock_at)::int END AS "overdueSeconds",
    g.opened_at AS since
  FROM campaigns g`;
const BULK_VOTE_STANDING = `SELECT b.id, '${BULK_VOTE}' AS process, b.id AS number, b.state, b.finished_at IS NOT NULL AS closed, true AS rang,
    (SELECT jsonb_build_object('attempts', o.attempts, 'seconds', (2 ^ least(o.attempts, 10))::int) FROM outbox o WHERE o.case_id = b.id ORDER BY o.id LIMIT 1) AS doorbell,
    NULL::int AS "behindSeconds", NULL::int AS "overdueSeconds", b.created_at AS since
  FROM bulk_votes b`;

const DOUBTFUL_ACCOUNTS = `${ACCOUNT_STANDING} WHERE a.closed_at IS NULL AND (
    EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = a.id AND o.attempts >= 3) OR a.clock_at < now() - interval '1 minute')
  ORDER BY a.id LIMIT ${MOST_ASKED}`;

// What the database alone finds in doubt: a ring unanswered, a step not walked past, a deadline not kept.
const DOUBTFUL = `${STANDING} WHERE c.closed_at IS NULL AND (
    EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id AND o.attempts >= 3)
    OR EXISTS (SELECT 1 FROM steps s WHERE s.case_id = c.id AND s.closed_seq > c.settled_seq)
    OR EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open' AND t.silence <> 'none' AND t.due_at < now() - interval '1 minute')
    OR EXISTS (SELECT 1 FROM ballots b WHERE b.case_id = c.id AND b.status = 'open' AND coalesce(b.director_due_at, b.due_at) < now() - interval '1 minute'))
  ORDER BY c.opened_at LIMIT ${MOST_ASKED}`;

// Open cases and accounts that should be running; those that moved within the minute may not be listed by Temporal yet.
const EXPECTED = `SELECT c.id, c.process FROM cases c WHERE c.closed_at IS NULL
    AND EXISTS (SELECT 1 FROM facts f WHERE f.case_id = c.id AND f.kind IN ${STARTING_FACTS} AND f.at < now() - interval '1 minute')
  UNION ALL SELECT h.account_id, '${ACCOUNT}' FROM accounts a JOIN holdings h ON h.account_id = a.id AND h.kind = 'lead' AND h.valid_to IS NULL
    WHERE a.closed_at IS NULL AND h.valid_from < now() - interval '1 minute'
  LIMIT ${MOST_RUNNING + 1}`;

/** What needs attention: from the database and Temporal together, or, with Temporal away, from the database alone, and said as such. */
export async function attention(
  deps: ApiDeps,
): Promise<{ items: AttentionView[]; temporal: 'compared' | 'away'; whole: boolean }> {
  const { pool } = deps;
  const [{ rows: doubtfulCases }, { rows: doubtfulAccounts }, { rows: expected }, running] = await Promise.all([
    pool.query<Row>(DOUBTFUL),
    pool.query<Row>(DOUBTFUL_ACCOUNTS),
    pool.query<{ id: string; process: string }>(EXPECTED),
    deps.executions.running(MOST_RUNNING).catch(nullWhenAway),
  ]);
  const doubtful = [...doubtfulCases, ...doubtfulAccounts];
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
    `${STANDING} WHERE c.id = ANY ($1) UNION ALL ${ACCOUNT_STANDING} WHERE a.id = ANY ($1)
     UNION ALL ${CAMPAIGN_STANDING} WHERE g.year::text = ANY ($1) UNION ALL ${BULK_VOTE_STANDING} WHERE b.id = ANY ($1)`,
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

/** Executions that run though their case or account has ended, or is none of ours. */
async function withoutOpenCase({ pool }: ApiDeps, workflowIds: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT u.id FROM unnest($1::text[]) u(id) LEFT JOIN cases c ON c.id = split_part(u.id, ':', 2) LEFT JOIN accounts a ON a.id = split_part(u.id, ':', 2)
       LEFT JOIN campaigns g ON g.year::text = split_part(u.id, ':', 2) LEFT JOIN bulk_votes b ON b.id = split_part(u.id, ':', 2)
     WHERE coalesce(c.id, a.id, g.year::text, b.id) IS NULL
       OR coalesce(c.closed_at, a.closed_at, g.closed_at, b.finished_at) < now() - interval '1 minute' LIMIT ${MOST_ASKED}`,
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
    caseId: row && ![ACCOUNT, ANNUAL_REVIEW, BULK_VOTE].includes(row.process) ? row.id : null,
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
