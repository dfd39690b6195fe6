import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { refreshRoll } from './roll.ts';
import { inCase, inTransaction } from './transaction.ts';
import { settleBallot } from './voting.ts';

/**
 * A person leaves: at once he can sign in no more, holds no role and no seat; open ballots lose his seat's vote (never its place in
 * the quorum), and every case he had a task in is woken, so that nobody's task waits silently.
 */
export async function leave(
  deps: CaseDeps,
  { adminId, personId, on }: { adminId: string; personId: string; on: string },
): Promise<void> {
  await inTransaction(deps, async (client) => {
    const left = await client.query('UPDATE persons SET active = false, left_on = $2 WHERE id = $1 AND active', [
      personId,
      on,
    ]);
    if (left.rowCount === 0) throw new DomainError('notFound');
    await client.query(
      `UPDATE role_assignments SET valid_to = greatest(valid_from, $2) WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2)`,
      [personId, on],
    );
    await client.query(
      'UPDATE seat_terms SET valid_to = greatest(valid_from, $2) WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2)',
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
         SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open')`,
    );
    await appendAudit(client, { act: 'person.left', actorId: adminId, codes: { personId, on } });
    await wakeBallots(client);
    return { result: undefined, doorbell: null };
  });
  await refreshBallots(deps);
}

type Appointment = { adminId: string; seatId: string; personId: string; from: string; document: string };

/** A seat is filled anew, from a day on, by an appointing document. The successor inherits it in open ballots where it has not voted. */
export async function fillSeat(deps: CaseDeps, appointment: Appointment): Promise<void> {
  await inTransaction(deps, async (client) => {
    await fillSeatIn(client, appointment);
    return { result: undefined, doorbell: null };
  });
  await refreshBallots(deps);
}

/** Fills it inside a transaction; whoever calls brings the open ballots up to it after the commit. */
export async function fillSeatIn(
  client: PoolClient,
  { adminId, seatId, personId, from, document }: Appointment,
): Promise<void> {
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
    [randomUUID(), seatId, personId, from, document],
  );
  await appendAudit(client, { act: 'seat.filled', actorId: adminId, codes: { seatId, personId, from } });
  await wakeBallots(client);
}

/** Leaves a doorbell at every case that is balloting, in the transaction of the change: should this process die now, their workflows see to it. */
async function wakeBallots(client: PoolClient): Promise<void> {
  await client.query(
    `INSERT INTO outbox (case_id, process, seq) SELECT c.id, c.process, c.seq FROM cases c
     WHERE c.closed_at IS NULL AND EXISTS (SELECT 1 FROM ballots b WHERE b.case_id = c.id AND b.status = 'open')`,
  );
}

/** Brings the rolls of open ballots up to the seats at once, so that a successor finds his vote. */
export async function refreshBallots(deps: CaseDeps): Promise<void> {
  const { rows } = await deps.pool.query<{ case_id: string }>(
    `SELECT DISTINCT case_id FROM ballots WHERE status = 'open'`,
  );
  for (const { case_id: caseId } of rows) {
    await inCase(deps, { caseId }, async (tx) => {
      for (const ballot of tx.ballots.all) {
        if (ballot.status !== 'open') continue;
        await refreshRoll(tx, ballot);
        await settleBallot(tx, ballot);
      }
    });
  }
}
