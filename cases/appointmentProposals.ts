import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { expiryOf, type Lapse, type ProposalAnswer, type Standing } from '../domain/proposal.ts';
import { administratorRoles } from '../domain/roles.ts';
import { aad, openJson, sealJson } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import { type Actor, actorNow, holdersOf, personKey, roleKey } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { notify } from './notices.ts';
import { currentPolicy } from './policies.ts';
import { guardAnswer, guardProposer, otherAdministrator, proposersNow } from './proposals.ts';
import { grantRole, refuseUnfitForAdministration, renewWaysIn } from './roles.ts';
import { fillSeatIn, lockSeats, refreshBallots, refuseUnfitForSeat, vacateSeatIn } from './seats.ts';
import { guardStepUp, type Proof } from './stepUp.ts';
import { inTransaction } from './transaction.ts';

/**
 * An appointment takes two administrators: one proposes it under its document, another confirms. To a seat, where what it means for open
 * ballots is the voting rule's (a successor inherits a seat that has not voted, and only that); of nobody to a seat, which falls vacant;
 * or to an administrator's role.
 */
export type Appointed =
  | { readonly seatId: string; readonly role: null; readonly personId: string | null }
  | { readonly seatId: null; readonly role: string; readonly personId: string };

export type AppointmentProposalRow = Appointed & {
  readonly id: string;
  readonly validFrom: string;
  readonly document: string;
  readonly secret: Buffer;
  readonly status: 'open' | 'confirmed' | 'refused' | 'withdrawn' | Lapse;
  readonly proposedBy: string;
  readonly confirmers: readonly string[];
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly answerSecret: Buffer | null;
};

const COLUMNS = `id, seat_id AS "seatId", role, person_id AS "personId", valid_from::text AS "validFrom", document, secret, status,
  proposed_by AS "proposedBy", confirmers, proposed_at AS "proposedAt", expires_at AS "expiresAt", answered_by AS "answeredBy",
  answered_at AS "answeredAt", answer_secret AS "answerSecret"`;

const scope = ({ proposedBy }: Pick<AppointmentProposalRow, 'proposedBy'>): string => `person:${proposedBy}`;
const place = (id: string, column: 'secret' | 'answer_secret'): string => aad('appointment_proposals', column, id);

type Asked = { readonly personId: string; readonly provenAt: Proof['provenAt'] };

/**
 * Proposes it, and tells those who may confirm. A seat is confirmed by the administrator whose role the proposer does not hold; an
 * administrator's role by any other administrator, the auditor too, so that two of three can always replace the third.
 * @throws DomainError `proposalOpen`, `unfitPerson`, `separation`, `conflicted`, `stepUpRequired`, `invalid` for a day that is past
 */
export async function proposeAppointment(
  deps: CaseDeps,
  { personId: proposerId, provenAt }: Asked,
  proposal: Appointed & { readonly validFrom: string; readonly document: string; readonly reason: string },
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const { seatId, role, personId, validFrom, document, reason } = proposal;
  if (validFrom < localDay(Date.now()))
    throw new DomainError('invalid', { field: 'validFrom', reason: 'inPast' }, 'validFrom');
  const id = newId();
  const key = await deps.keys.getOrCreate(scope({ proposedBy: proposerId }));
  const secret = sealJson(key, { reason }, place(id, 'secret'));
  return inTransaction(deps, async (client) => {
    const actor = await actorNow(client, proposerId);
    guardProposer(await currentPolicy(client), actor, { provenAt });
    await refuseUnfit(client, actor, proposal);
    const same = seatId ? ['seat_id = $1', [seatId]] : ['person_id = $1 AND role = $2', [personId, role]];
    const [which, values] = same as [string, unknown[]];
    await client.query(
      `UPDATE appointment_proposals SET status = CASE WHEN expires_at <= now() THEN 'expired' ELSE 'overtaken' END
       WHERE ${which} AND status = 'open' AND (expires_at <= now() OR proposed_by <> ALL ($${values.length + 1}))`,
      [...values, [...(await proposersNow(client))]],
    );
    const open = await client.query(`SELECT 1 FROM appointment_proposals WHERE ${which} AND status = 'open'`, values);
    if (open.rows.length > 0) throw new DomainError('proposalOpen');
    const now = new Date();
    const confirmers = seatId ? [otherAdministrator(actor)] : administratorRoles;
    await client.query(
      `INSERT INTO appointment_proposals (id, seat_id, role, person_id, valid_from, document, secret, status, proposed_by, confirmers, proposed_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11)`,
      [id, seatId, role, personId, validFrom, document, secret, proposerId, confirmers, now, expiryOf(now)],
    );
    const about = seatId ? { seatId } : { role };
    await appendAudit(client, {
      act: `${seatId ? 'seat' : 'administrator'}.proposed`,
      actorId: proposerId,
      codes: { proposalId: id, ...about, personId, from: validFrom },
    });
    const asked = await holdersOf(
      client,
      confirmers.map((each) => roleKey(each)),
    );
    const told = asked.filter((each) => each !== proposerId && each !== personId);
    await notify(client, told, 'proposalOpened');
    await keep?.(client, { id });
    return { result: { id }, doorbell: null, change: { cases: [], keys: told.map(personKey) } };
  });
}

/**
 * Another administrator confirms or refuses, or the proposer takes it back. Confirming appoints in the same transaction, after everything
 * was looked at again, the proposer too; from the day proposed, or today where that is past.
 * @throws DomainError `notFound`, `taskClosed`, `proposalExpired`, `proposalOvertaken`, `separation`, `notCandidate`, `stepUpRequired`, and as `proposeAppointment`
 */
export async function answerAppointment(
  deps: CaseDeps,
  { personId: answererId, provenAt }: Asked,
  { id, answer, reason }: { readonly id: string; readonly answer: ProposalAnswer; readonly reason: string | null },
  keep?: Keep<void>,
): Promise<void> {
  await inTransaction(deps, async (client) => {
    await lockSeats(client);
    const { rows } = await client.query<AppointmentProposalRow>(
      `SELECT ${COLUMNS} FROM appointment_proposals WHERE id = $1 FOR UPDATE`,
      [id],
    );
    const [row] = rows;
    if (!row) throw new DomainError('notFound');
    const actor = await actorNow(client, answererId);
    guardAnswer(standingOf(row, await proposersNow(client)), actor, { answer, now: new Date(), outcome: row.status });
    if (answer === 'confirm') {
      guardStepUp(await currentPolicy(client), 'override', { provenAt });
      await refuseUnfit(client, actor, row);
      await appoint(client, actor, row);
    }
    const status = { confirm: 'confirmed', refuse: 'refused', withdraw: 'withdrawn' }[answer];
    const secret =
      reason === null ? null : sealJson(await deps.keys.get(scope(row)), { reason }, place(id, 'answer_secret'));
    await client.query(
      'UPDATE appointment_proposals SET status = $2, answered_by = $3, answered_at = clock_timestamp(), answer_secret = $4 WHERE id = $1',
      [id, status, answererId, secret],
    );
    const about = row.seatId ? { seatId: row.seatId } : { role: row.role };
    await appendAudit(client, {
      act: `${row.seatId ? 'seat' : 'administrator'}.${status}`,
      actorId: answererId,
      codes: { proposalId: id, ...about, personId: row.personId, proposedBy: row.proposedBy },
    });
    const told = answer === 'withdraw' ? [] : [row.proposedBy];
    await notify(client, told, 'proposalAnswered');
    await keep?.(client);
    const changed = answer === 'confirm' && row.personId ? [...told, row.personId] : told;
    return { result: undefined, doorbell: null, change: { cases: [], keys: changed.map(personKey) } };
  });
  if (answer === 'confirm') await refreshBallots(deps);
}

async function refuseUnfit(client: PoolClient, actor: Actor, appointed: Appointed): Promise<void> {
  if (appointed.role !== null) {
    const { personId, role } = appointed;
    return refuseUnfitForAdministration(client, { actor, personId, role });
  }
  await refuseUnfitForSeat(client, actor, appointed);
}

async function appoint(client: PoolClient, actor: Actor, row: AppointmentProposalRow): Promise<void> {
  const { document, personId, proposedBy } = row;
  const today = localDay(Date.now());
  const from = [row.validFrom, today].toSorted().at(-1) as string;
  const adminId = actor.personId;
  if (row.role !== null) {
    const { role } = row;
    await grantRole(client, {
      ...{ personId: row.personId, role, unitId: null, from, document },
      grantedBy: proposedBy,
      source: 'manual',
    });
    return renewWaysIn(client, { personId: row.personId, givenBy: [proposedBy, adminId] });
  }
  if (personId === null) return vacateSeatIn(client, row.seatId, { adminId, on: from, document });
  return fillSeatIn(client, { adminId, seatId: row.seatId, personId, from, document });
}

export const standingOf = (row: AppointmentProposalRow, proposers: ReadonlySet<string>): Standing => ({
  open: row.status === 'open',
  proposedBy: row.proposedBy,
  proposerHolds: proposers.has(row.proposedBy),
  confirmers: row.confirmers,
  concerned: row.personId,
  expiresAt: row.expiresAt,
});

/** The latest proposals, open ones first, each with its reason and that of its refusal. */
export async function appointmentProposals(
  deps: CaseDeps,
  limit: number,
): Promise<(AppointmentProposalRow & { readonly reason: string; readonly answerReason: string | null })[]> {
  const { rows } = await deps.pool.query<AppointmentProposalRow>(
    `SELECT ${COLUMNS} FROM appointment_proposals ORDER BY (status = 'open') DESC, proposed_at DESC LIMIT $1`,
    [limit],
  );
  return Promise.all(
    rows.map(async (row) => {
      const key = await deps.keys.get(scope(row));
      const read = (secret: Buffer, column: 'secret' | 'answer_secret') =>
        (openJson(key, secret, place(row.id, column)) as { reason: string }).reason;
      return {
        ...row,
        reason: read(row.secret, 'secret'),
        answerReason: row.answerSecret ? read(row.answerSecret, 'answer_secret') : null,
      };
    }),
  );
}
