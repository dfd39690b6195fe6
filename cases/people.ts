import { randomUUID } from 'node:crypto';
import { inherit, vacate } from '../domain/ballot.ts';
import { DomainError } from '../domain/errors.ts';
import { personKey } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { namesPerson } from './guard.ts';
import { type CaseTransaction, inCase, inTransaction } from './transaction.ts';
import { settleBallot, votesOf } from './voting.ts';

/**
 * A person leaves: at once he can sign in no more, holds no role and no seat; open ballots lose his seat's vote (never its place in
 * the quorum), and every case he had a task in is woken, so that nobody's task waits silently.
 */
export async function leave(
  deps: CaseDeps,
  { adminId, personId, on }: { adminId: string; personId: string; on: string },
): Promise<void> {
  const seats = await inTransaction(deps, async (client) => {
    const left = await client.query('UPDATE persons SET active = false, left_on = $2 WHERE id = $1 AND active', [
      personId,
      on,
    ]);
    if (left.rowCount === 0) throw new DomainError('notFound');
    await client.query(
      `UPDATE role_assignments SET valid_to = greatest(valid_from, $2) WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2)`,
      [personId, on],
    );
    const terms = await client.query<{ seat_id: string }>(
      'UPDATE seat_terms SET valid_to = greatest(valid_from, $2) WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2) RETURNING seat_id',
      [personId, on],
    );
    await client.query('UPDATE sessions SET revoked_at = now() WHERE person_id = $1 AND revoked_at IS NULL', [
      personId,
    ]);
    await client.query('UPDATE api_tokens SET revoked_at = now() WHERE person_id = $1 AND revoked_at IS NULL', [
      personId,
    ]);
    await client.query(
      'UPDATE delegations SET revoked_at = now() WHERE (from_id = $1 OR to_id = $1) AND revoked_at IS NULL',
      [personId],
    );
    await client.query(
      `INSERT INTO outbox (case_id, process, seq) SELECT c.id, c.process, c.seq FROM cases c WHERE c.closed_at IS NULL AND EXISTS (
         SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open') AND c.state <> 'draft'`,
    );
    await appendAudit(client, { act: 'person.left', actorId: adminId, codes: { personId, on } });
    return { result: terms.rows.map((row) => row.seat_id), doorbell: null };
  });
  for (const seatId of seats) {
    await inOpenBallots(deps, seatId, (tx, ballot) => {
      tx.ballots.change(ballot, { roll: vacate(ballot.roll, votesOf(tx, ballot), seatId) });
    });
  }
}

/** A seat is filled anew, from a day on, by an appointing document. The successor inherits it in open ballots where it has not voted. */
export async function fillSeat(
  deps: CaseDeps,
  appointment: { adminId: string; seatId: string; personId: string; from: string; document: string },
): Promise<{ id: string }> {
  const { adminId, seatId, personId, from, document } = appointment;
  const id = randomUUID();
  await inTransaction(deps, async (client) => {
    const seat = await client.query('SELECT 1 FROM seats WHERE id = $1 FOR UPDATE', [seatId]);
    if (seat.rowCount === 0) throw new DomainError('notFound');
    const person = await client.query('SELECT 1 FROM persons WHERE id = $1 AND active', [personId]);
    if (person.rowCount === 0)
      throw new DomainError('unfitPerson', { field: 'personId', why: '不是在职人员' }, 'personId');
    await client.query(
      'UPDATE seat_terms SET valid_to = greatest(valid_from, $2) WHERE seat_id = $1 AND (valid_to IS NULL OR valid_to > $2)',
      [seatId, from],
    );
    await client.query(
      'INSERT INTO seat_terms (id, seat_id, person_id, valid_from, document) VALUES ($1, $2, $3, $4, $5)',
      [id, seatId, personId, from, document],
    );
    await appendAudit(client, { act: 'seat.filled', actorId: adminId, codes: { seatId, personId, from } });
    return { result: undefined, doorbell: null };
  });
  await inOpenBallots(deps, seatId, (tx, ballot) => {
    const before = ballot.roll.find((entry) => entry.seatId === seatId)?.personId;
    const { roll, inherited } = inherit(ballot.roll, votesOf(tx, ballot), seatId, personId, ballot.subject);
    tx.ballots.change(ballot, { roll });
    const task = tx.tasks.all.find(
      (each) =>
        each.status === 'open' &&
        each.kind === 'vote' &&
        each.ballotId === ballot.id &&
        before &&
        namesPerson(each, before),
    );
    if (inherited && task) tx.tasks.change(task, { candidates: [personKey(personId)] });
    else if (task) tx.closeTask(task, 'seatChanged', 'cancelled');
    tx.fact({
      kind: 'reassigned',
      ballotId: ballot.id,
      actorId: adminId,
      codes: { seatId, personId, why: 'seatFilled' },
    });
  });
  return { id };
}

async function inOpenBallots(
  deps: CaseDeps,
  seatId: string,
  change: (tx: CaseTransaction, ballot: CaseTransaction['ballots']['all'][number]) => void,
): Promise<void> {
  const { rows } = await deps.pool.query<{ id: string; case_id: string }>(
    `SELECT id, case_id FROM ballots WHERE status = 'open' AND roll @> jsonb_build_array(jsonb_build_object('seatId', $1::text))`,
    [seatId],
  );
  for (const { id, case_id: caseId } of rows) {
    await inCase(deps, { caseId }, async (tx) => {
      const ballot = tx.ballots.all.find((each) => each.id === id && each.status === 'open');
      if (!ballot) return;
      change(tx, ballot);
      await settleBallot(tx, ballot);
      tx.ring();
    });
  }
}
