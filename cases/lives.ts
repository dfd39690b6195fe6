import { ACCOUNT, TERMINATED } from '../workflows/contracts/account.ts';
import { ANNUAL_REVIEW, CAMPAIGN_CLOSED } from '../workflows/contracts/annualReview.ts';
import { BULK_VOTE, BULK_VOTE_FINISHED } from '../workflows/contracts/bulkVote.ts';

/**
 * A kind of long-lived execution that is no case. It is started and rung as a case's is, with the id of its row where a case has its own and
 * the number 0. Besides `kind`, `word`, `table` and `endsAs` all are SQL over its row `l`; times may be null.
 */
export type Life = {
  /** The workflow's name; an execution has the id `<kind>:<id>`. */
  readonly kind: string;
  /** What findings call it. */
  readonly word: string;
  readonly table: string;
  /** The state in which it is over, and what its execution ends with. A row may be in it before its execution has ended. */
  readonly endsAs: string;
  readonly id: string;
  readonly number: string;
  /** When it looks next; null where it waits for a ring, or never sleeps. */
  readonly clockAt: string;
  readonly closedAt: string;
  /** Since when it should be running; null where it need not. */
  readonly begunAt: string;
  /** When something was last heard of it. */
  readonly heardAt: string;
  /** While it is not closed: whether nothing wakes it that should, so that a worker which starts rings it. */
  readonly isStill: string;
};

/** Every one of them. Whatever looks at executions reads this table: what needs attention, verify, restore, the relay, a worker that starts. */
export const lives: readonly Life[] = [
  {
    kind: ACCOUNT,
    word: 'account',
    table: 'accounts',
    endsAs: TERMINATED,
    id: 'l.id',
    number: 'l.archive_no',
    clockAt: 'l.clock_at',
    closedAt: 'l.closed_at',
    begunAt: `(SELECT h.valid_from FROM holdings h WHERE h.account_id = l.id AND h.kind = 'lead' AND h.valid_to IS NULL)`,
    heardAt: '(SELECT max(n.told_at) FROM account_notices n WHERE n.account_id = l.id)',
    // One that was established before there were executions of accounts, or whose execution was ended; or that sleeps into the day a marketing
    // task is due, of which it told nothing: it fell asleep before its clock knew of tasks.
    isStill: `l.clock_at IS NULL OR l.clock_at < now() - interval '1 hour' OR EXISTS (SELECT 1 FROM marketing_tasks m WHERE m.account_id = l.id
      AND m.state = 'open' AND l.clock_at > m.due_on::timestamp AT TIME ZONE 'Asia/Shanghai' AND NOT EXISTS (
        SELECT 1 FROM account_notices n WHERE n.account_id = l.id AND n.duty = 'marketingTask' AND n.subject = m.id))`,
  },
  {
    kind: ANNUAL_REVIEW,
    word: 'campaign',
    table: 'campaigns',
    endsAs: CAMPAIGN_CLOSED,
    id: 'l.year::text',
    number: 'l.year::text',
    clockAt: 'l.clock_at',
    closedAt: 'l.closed_at',
    begunAt: 'l.opened_at',
    heardAt: 'l.opened_at',
    isStill: `l.clock_at < now() - interval '1 hour'`,
  },
  {
    kind: BULK_VOTE,
    word: 'bulk vote',
    table: 'bulk_votes',
    endsAs: BULK_VOTE_FINISHED,
    id: 'l.id',
    number: 'l.id',
    clockAt: 'NULL::timestamptz',
    closedAt: 'l.finished_at',
    begunAt: 'l.created_at',
    heardAt: 'l.created_at',
    isStill: `l.created_at < now() - interval '1 hour'`,
  },
];

/**
 * All lives as a table, in parentheses; a condition on `id` is answered by the indexes of theirs. `overdue`: not closed, and its execution has
 * still to end it, or has not looked in time.
 */
export const LIVES = `(${lives
  .map(
    ({ kind, table, endsAs, id, number, begunAt, clockAt, closedAt, heardAt, isStill }) =>
      `SELECT ${id} AS id, '${kind}'::text AS process, ${number} AS number, l.state, ${begunAt} AS begun_at, ${clockAt} AS clock_at,
        ${closedAt} AS closed_at, ${heardAt} AS heard_at, ${closedAt} IS NULL AND (${isStill}) AS is_still,
        ${closedAt} IS NULL AND coalesce(l.state = '${endsAs}' OR ${clockAt} < now(), false) AS overdue FROM ${table} l`,
  )
  .join(' UNION ALL ')})`;

/** Its kind, where `process` is no case's. */
export const lifeOf = (process: string): Life | null => lives.find(({ kind }) => kind === process) ?? null;
