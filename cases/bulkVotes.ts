import { BULK_VOTE_LIMIT } from '../domain/agenda.ts';
import { DomainError, describeError, type ErrorCode } from '../domain/errors.ts';
import { newId } from '../platform/id.ts';
import { origin } from '../platform/origin.ts';
import { BULK_VOTE } from '../workflows/contracts/bulkVote.ts';
import { actorNow, personKey } from './actor.ts';
import { appendAudit } from './audit.ts';
import { decide } from './decision.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { ringLives } from './lifeBell.ts';
import { currentPolicy } from './policies.ts';
import { guardStepUp, type Proof } from './stepUp.ts';
import { inTransaction } from './transaction.ts';

/** Votes cast by one call of the activity: some tenths of a second, so that a worker that goes down is waited for no longer. */
const ITEMS_A_PAGE = 20;

/** What a member asks for: to maintain the accounts of these vote tasks of his, in their order. */
export type BulkVoteRequest = Proof & {
  readonly personId: string;
  readonly year: number;
  readonly taskIds: readonly string[];
};

/**
 * Takes a member's bulk vote: stored with its items, and rung. Every item is checked again, and decided by itself, at its turn.
 * @throws DomainError `stepUpRequired`, `stepUpByToken`; `invalid` for a task named twice; `notFound` for one that is not a vote of his own on a
 * review of that year
 */
export async function giveBulkVote(
  deps: CaseDeps,
  { personId, year, taskIds, provenAt }: BulkVoteRequest,
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  if (new Set(taskIds).size < taskIds.length || taskIds.length > BULK_VOTE_LIMIT)
    throw new DomainError('invalid', { field: 'taskIds', reason: 'twice' }, 'taskIds');
  return inTransaction(deps, async (client) => {
    await actorNow(client, personId);
    guardStepUp(await currentPolicy(client), 'vote', { provenAt });
    const { rows } = await client.query<{ taskId: string; caseId: string }>(
      `SELECT t.id AS "taskId", t.case_id AS "caseId" FROM unnest($1::text[]) WITH ORDINALITY AS asked (id, ord)
       JOIN tasks t ON t.id = asked.id AND t.kind = 'vote' AND $2 = ANY (t.candidates)
       JOIN reviews r ON r.case_id = t.case_id AND r.year = $3 ORDER BY asked.ord`,
      [taskIds, personKey(personId), year],
    );
    if (rows.length < taskIds.length) throw new DomainError('notFound');
    const id = newId();
    await client.query(
      `INSERT INTO bulk_votes (id, year, person_id, state, created_at) VALUES ($1, $2, $3, 'running', now())`,
      [id, year, personId],
    );
    await client.query(
      `INSERT INTO bulk_vote_items (bulk_vote_id, ord, task_id, case_id, state)
       SELECT $1, ord, task_id, case_id, 'waiting' FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS item (task_id, case_id, ord)`,
      [id, rows.map(({ taskId }) => taskId), rows.map(({ caseId }) => caseId)],
    );
    await appendAudit(client, {
      act: 'bulkVote.given',
      actorId: personId,
      codes: { bulkVoteId: id, year, items: rows.length },
    });
    const doorbell = { caseId: id, process: BULK_VOTE, seq: 0, endsRun: null, ...origin() };
    await ringLives(client, BULK_VOTE, [id]);
    await keep?.(client, { id });
    return { result: { id }, doorbell, change: { cases: [], keys: [personKey(personId)] } };
  });
}

type Item = { readonly ord: number; readonly taskId: string; readonly personId: string };

/** One page of a bulk vote: each item by the one door, in its own transaction and under a key of its own. @returns whether none is left */
export async function castVotes(deps: CaseDeps, bulkVoteId: string): Promise<{ readonly over: boolean }> {
  const { pool } = deps;
  await pool.query('DELETE FROM outbox WHERE case_id = $1 AND ends_run IS NULL', [bulkVoteId]);
  const { rows } = await pool.query<Item>(
    `SELECT i.ord, i.task_id AS "taskId", b.person_id AS "personId" FROM bulk_vote_items i JOIN bulk_votes b ON b.id = i.bulk_vote_id
     WHERE i.bulk_vote_id = $1 AND i.state = 'waiting' ORDER BY i.ord LIMIT ${ITEMS_A_PAGE + 1}`,
    [bulkVoteId],
  );
  for (const item of rows.slice(0, ITEMS_A_PAGE)) {
    const code = await refusalOf(deps, bulkVoteId, item);
    await pool.query(
      `UPDATE bulk_vote_items SET state = $3, code = $4, at = now() WHERE bulk_vote_id = $1 AND ord = $2 AND state = 'waiting'`,
      [bulkVoteId, item.ord, code === null ? 'done' : 'refused', code],
    );
  }
  if (rows.length > ITEMS_A_PAGE) return { over: false };
  await inTransaction(deps, async (client) => {
    const finished = await client.query<{ personId: string; year: number }>(
      `UPDATE bulk_votes SET state = 'finished', finished_at = now() WHERE id = $1 AND state = 'running'
       RETURNING person_id AS "personId", year`,
      [bulkVoteId],
    );
    const [row] = finished.rows;
    if (row) {
      const counts = await client.query<{ done: number; refused: number }>(
        `SELECT count(*) FILTER (WHERE state = 'done')::int AS done, count(*) FILTER (WHERE state = 'refused')::int AS refused
         FROM bulk_vote_items WHERE bulk_vote_id = $1`,
        [bulkVoteId],
      );
      await appendAudit(client, {
        act: 'bulkVote.finished',
        actorId: row.personId,
        codes: { bulkVoteId, year: row.year, ...counts.rows[0] },
      });
    }
    return { result: null, doorbell: null, change: { cases: [], keys: row ? [personKey(row.personId)] : [] } };
  });
  return { over: true };
}

/** Decides one item. Told again, after a crash, it is the same decision. @returns why it is refused, or null. @throws what can be tried again */
async function refusalOf(
  deps: CaseDeps,
  bulkVoteId: string,
  { ord, taskId, personId }: Item,
): Promise<ErrorCode | null> {
  try {
    const body = { choice: 'maintain' };
    await decide(deps, {
      ...{ personId, taskId, action: 'vote', body, bulkVoteId },
      key: itemKey(bulkVoteId, ord),
      // He proved who he is when he gave the whole of it.
      provenAt: null,
    });
    return null;
  } catch (error) {
    if (!(error instanceof DomainError) || describeError(error.code, {}, 'en').retry) throw error;
    return error.code;
  }
}

/** No header of a request holds a blank: nobody takes an item's key for an answer of his own. */
const itemKey = (bulkVoteId: string, ord: number): string => `bulkVote:${bulkVoteId} ${ord}`;
