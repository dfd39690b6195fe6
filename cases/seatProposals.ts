import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { administratorRoles } from '../domain/roles.ts';
import { aad, openJson, sealJson } from '../platform/cipher.ts';
import { type Actor, hasRole, notOver } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { fillSeatIn, refreshBallots } from './people.ts';
import { expiryOf, otherAdministrator } from './proposals.ts';
import { inTransaction } from './transaction.ts';

/**
 * A seat is filled by two administrators: one proposes the successor under an appointing document, the other confirms. What that means
 * for open ballots is the voting rule's: the successor inherits a seat that has not voted, and only that.
 */
export type SeatProposalRow = {
  readonly id: string;
  readonly seatId: string;
  readonly personId: string;
  readonly validFrom: string;
  readonly document: string;
  readonly secret: Buffer;
  readonly status: 'open' | 'confirmed' | 'refused' | 'withdrawn' | 'expired';
  readonly proposedBy: string;
  /** The role that has to confirm it. */
  readonly confirmedBy: 'systemAdmin' | 'securityAdmin';
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
};

const COLUMNS = `id, seat_id AS "seatId", person_id AS "personId", valid_from::text AS "validFrom", document, secret, status,
  proposed_by AS "proposedBy", confirmed_by AS "confirmedBy", proposed_at AS "proposedAt", expires_at AS "expiresAt", answered_by AS "answeredBy", answered_at AS "answeredAt"`;

const scope = (personId: string): string => `person:${personId}`;
const place = (id: string): string => aad('seat_proposals', 'secret', id);

/** @throws DomainError `proposalOpen`, `unfitPerson`, `separation`, `invalid` for a day that is past */
export async function proposeSeat(
  deps: CaseDeps,
  actor: Actor,
  proposal: {
    readonly seatId: string;
    readonly personId: string;
    readonly validFrom: string;
    readonly document: string;
    readonly reason: string;
  },
): Promise<{ id: string }> {
  const confirmedBy = otherAdministrator(actor);
  const { seatId, personId, validFrom, document, reason } = proposal;
  const id = randomUUID();
  const secret = sealJson(await deps.keys.getOrCreate(scope(personId)), { reason }, place(id));
  return inTransaction(deps, async (client) => {
    await lockSeat(client, seatId);
    await refuseUnfit(client, actor, personId, validFrom);
    await client.query(
      `UPDATE seat_proposals SET status = 'expired' WHERE seat_id = $1 AND status = 'open' AND expires_at <= now()`,
      [seatId],
    );
    const open = await client.query(`SELECT 1 FROM seat_proposals WHERE seat_id = $1 AND status = 'open'`, [seatId]);
    if (open.rows.length > 0) throw new DomainError('proposalOpen');
    const now = new Date();
    await client.query(
      `INSERT INTO seat_proposals (id, seat_id, person_id, valid_from, document, secret, status, proposed_by, confirmed_by, proposed_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10)`,
      [id, seatId, personId, validFrom, document, secret, actor.personId, confirmedBy, now, expiryOf(now)],
    );
    await appendAudit(client, {
      act: 'seat.proposed',
      actorId: actor.personId,
      codes: { proposalId: id, seatId, personId, from: validFrom },
    });
    return { result: { id }, doorbell: null };
  });
}

/**
 * The other administrator confirms or refuses, or the proposer takes it back. Confirming fills the seat in the same transaction, after
 * everything was looked at again. @throws DomainError `notFound`, `taskClosed`, `proposalExpired`, `separation`, `notCandidate`
 */
export async function answerSeatProposal(
  deps: CaseDeps,
  actor: Actor,
  { id, answer }: { readonly id: string; readonly answer: 'confirm' | 'refuse' | 'withdraw' },
): Promise<void> {
  await inTransaction(deps, async (client) => {
    const { rows } = await client.query<SeatProposalRow>(
      `SELECT ${COLUMNS} FROM seat_proposals WHERE id = $1 FOR UPDATE`,
      [id],
    );
    const [row] = rows;
    if (!row) throw new DomainError('notFound');
    if (row.status !== 'open') throw new DomainError('taskClosed', { outcome: row.status });
    guardAnswer(actor, row, answer);
    if (answer === 'confirm') {
      await lockSeat(client, row.seatId);
      await refuseUnfit(client, actor, row.personId, row.validFrom);
      await fillSeatIn(client, {
        adminId: actor.personId,
        seatId: row.seatId,
        personId: row.personId,
        from: row.validFrom,
        document: row.document,
      });
    }
    const status = { confirm: 'confirmed', refuse: 'refused', withdraw: 'withdrawn' }[answer];
    await client.query(
      'UPDATE seat_proposals SET status = $2, answered_by = $3, answered_at = clock_timestamp() WHERE id = $1',
      [id, status, actor.personId],
    );
    await appendAudit(client, {
      act: `seat.${status}`,
      actorId: actor.personId,
      codes: { proposalId: id, seatId: row.seatId, personId: row.personId, proposedBy: row.proposedBy },
    });
    return { result: undefined, doorbell: null };
  });
  if (answer === 'confirm') await refreshBallots(deps);
}

/** Both administrators' roles are needed: who confirms holds the one that the proposer does not. */
function guardAnswer(actor: Actor, row: SeatProposalRow, answer: 'confirm' | 'refuse' | 'withdraw'): void {
  if (answer === 'withdraw') {
    if (row.proposedBy !== actor.personId) throw new DomainError('notCandidate');
    return;
  }
  if (row.proposedBy === actor.personId) throw new DomainError('separation', { why: 'checkedByAnother' });
  if (!hasRole(actor, row.confirmedBy)) throw new DomainError('notCandidate');
  if (answer === 'confirm' && row.expiresAt <= new Date())
    throw new DomainError('proposalExpired', { at: row.expiresAt.toISOString() });
}

/** One change of a seat at a time. @throws DomainError `notFound` */
async function lockSeat(client: PoolClient, seatId: string): Promise<void> {
  const seat = await client.query('SELECT 1 FROM seats WHERE id = $1 FOR UPDATE', [seatId]);
  if (seat.rowCount === 0) throw new DomainError('notFound');
}

/**
 * Who cannot be given a seat by these two: one who left, an administrator or the auditor (三员), whoever proposes or confirms; and not
 * for a day that is past, which would reach into ballots already opened. An administrator with a seat of his own fills none.
 */
async function refuseUnfit(client: PoolClient, actor: Actor, personId: string, from: string): Promise<void> {
  if (personId === actor.personId) throw new DomainError('separation', { why: 'ownSeat' });
  if (actor.seats.length > 0) throw new DomainError('conflicted', { why: 'administratorSeated' });
  const { rows } = await client.query<{ active: boolean; administers: boolean; past: boolean }>(
    `SELECT p.active, EXISTS (SELECT 1 FROM role_assignments r WHERE r.person_id = p.id AND r.role = ANY ($2) AND ${notOver('r')}) AS administers,
       $3::date < (now() AT TIME ZONE 'Asia/Shanghai')::date AS past
     FROM persons p WHERE p.id = $1`,
    [personId, administratorRoles, from],
  );
  const [person] = rows;
  if (!person?.active) throw new DomainError('unfitPerson', { field: 'personId', why: 'inactive' }, 'personId');
  if (person.administers)
    throw new DomainError('unfitPerson', { field: 'personId', why: 'officersHoldNoSeat' }, 'personId');
  if (person.past) throw new DomainError('invalid', { field: 'validFrom', reason: 'inPast' }, 'validFrom');
}

/** The latest proposals, open ones first, each with its reason. */
export async function seatProposals(
  deps: CaseDeps,
  limit: number,
): Promise<(Omit<SeatProposalRow, 'secret'> & { readonly reason: string })[]> {
  const { rows } = await deps.pool.query<SeatProposalRow>(
    `SELECT ${COLUMNS} FROM seat_proposals ORDER BY (status = 'open') DESC, proposed_at DESC LIMIT $1`,
    [limit],
  );
  return Promise.all(
    rows.map(async ({ secret, ...row }) => {
      const { reason } = openJson(await deps.keys.get(scope(row.personId)), secret, place(row.id)) as {
        reason: string;
      };
      return { ...row, reason };
    }),
  );
}

/** Whether a ballot is open in which this seat has a place: then one administrator alone fills it no more. */
export async function isBalloting(client: Pool, seatId: string): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM ballots WHERE status = 'open' AND roll @> jsonb_build_array(jsonb_build_object('seatId', $1::text)) LIMIT 1`,
    [seatId],
  );
  return rows.length > 0;
}
