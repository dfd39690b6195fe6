import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { administratorRoles } from '../domain/roles.ts';
import { newId } from '../platform/id.ts';
import { type Actor, actorNow, notOver, personKey } from './actor.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { type Appointment, recordChange, requireCome } from './organisation.ts';
import { refreshRoll } from './roll.ts';
import { inCase, inTransaction } from './transaction.ts';
import { settleBallot } from './voting.ts';

const SEATS_LOCK = 7_310_213;

/** Seats change one after another, and never while a ballot opens: whoever changes them takes this first. */
export async function lockSeats(client: PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [SEATS_LOCK]);
}

/** Who opens a ballot takes this before he reads the seats: they stay as they are until the ballot can be seen. */
export async function holdSeats(client: PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock_shared($1)', [SEATS_LOCK]);
}

/**
 * The one guard of seats: one that has a place in an open ballot changes only under two persons (系统默认). Asked under `lockSeats`, so
 * that no ballot opens in between. @throws DomainError `twoPersons` naming the seats
 */
export async function refuseBalloting(client: PoolClient, seatIds: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT s.name FROM seats s WHERE s.id = ANY ($1) AND EXISTS (SELECT 1 FROM ballots b WHERE b.status = 'open'
       AND b.roll @> jsonb_build_array(jsonb_build_object('seatId', s.id))) ORDER BY s.ord`,
    [seatIds],
  );
  if (rows.length > 0) throw new DomainError('twoPersons', { seats: rows.map(({ name }) => name).join('、') });
}

/** The seats whose terms an act would end on a day: those of a unit, of all persons or of one. */
export async function seatsOfUnit(
  client: PoolClient,
  { unitId, on, personId = null }: { readonly unitId: string; readonly on: string; readonly personId?: string | null },
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT s.id FROM seats s JOIN seat_terms t ON t.seat_id = s.id AND (t.valid_to IS NULL OR t.valid_to > $2)
     WHERE s.unit_id = $1 AND ($3::text IS NULL OR t.person_id = $3)`,
    [unitId, on, personId],
  );
  return rows.map(({ id }) => id);
}

export type SeatAppointment = Omit<Appointment, 'on'> & {
  readonly seatId: string;
  readonly personId: string;
  readonly from: string;
  /** The newest term its author saw, null for none; where he says so, a seat given meanwhile is not given twice. */
  readonly after?: string | null | undefined;
};

/**
 * One administrator fills a seat anew, by an appointing document, where no ballot is open in which it has a place. Its day has come: on
 * a later one it may ballot, so that is for two. @throws DomainError `invalid` for a later day, `twoPersons`, as `refuseUnfitForSeat`,
 * `seatGiven` where somebody else was appointed meanwhile
 */
export async function fillSeat(deps: CaseDeps, appointment: SeatAppointment, keep?: Keep<void>): Promise<void> {
  requireCome(appointment.from, 'validFrom', 'laterByTwo');
  await inTransaction(deps, async (client) => {
    await lockSeats(client);
    await refuseBalloting(client, [appointment.seatId]);
    await refuseUnfitForSeat(client, await actorNow(client, appointment.adminId), appointment);
    await fillSeatIn(client, appointment);
    await keep?.(client);
    return { result: undefined, doorbell: null, change: { cases: [], keys: [personKey(appointment.personId)] } };
  });
  await refreshBallots(deps);
}

/** Fills it after `lockSeats` and `refuseUnfitForSeat`; whoever calls brings the open ballots up to it after the commit. */
export async function fillSeatIn(
  client: PoolClient,
  { adminId, seatId, personId, from, document, after }: SeatAppointment,
): Promise<void> {
  const newest = await client.query<{ id: string; name: string }>(
    `SELECT t.id, p.name FROM seat_terms t JOIN persons p ON p.id = t.person_id WHERE t.seat_id = $1 AND (t.valid_to IS NULL OR t.valid_to > t.valid_from)
     ORDER BY t.valid_from DESC, t.id DESC LIMIT 1`,
    [seatId],
  );
  if (after !== undefined && (newest.rows[0]?.id ?? null) !== after)
    throw new DomainError('seatGiven', { holder: newest.rows[0]?.name ?? '—' });
  await client.query(
    'UPDATE seat_terms SET valid_to = greatest(valid_from, $2) WHERE seat_id = $1 AND (valid_to IS NULL OR valid_to > $2)',
    [seatId, from],
  );
  await client.query(
    'INSERT INTO seat_terms (id, seat_id, person_id, valid_from, document) VALUES ($1, $2, $3, $4, $5)',
    [newId(), seatId, personId, from, document],
  );
  const appointment = { adminId, on: from, document };
  const ids = { personId, from };
  await recordChange(client, appointment, { subject: 'seat', subjectId: seatId, change: 'filled', ids });
  await wakeBallots(client);
}

/**
 * One administrator ends a seat's term without a successor, on a day that has come, where no ballot is open in which it has a place.
 * @throws DomainError `invalid` for a later day, `twoPersons`, `notFound` for a seat that is vacant
 */
export async function vacateSeat(deps: CaseDeps, seatId: string, end: Appointment, keep?: Keep<void>): Promise<void> {
  requireCome(end.on, 'on', 'laterByTwo');
  await inTransaction(deps, async (client) => {
    await lockSeats(client);
    await refuseBalloting(client, [seatId]);
    await vacateSeatIn(client, seatId, end);
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
  await refreshBallots(deps);
}

/** It stays vacant, and in the count of open ballots. @throws DomainError `notFound` for a seat that is vacant */
export async function vacateSeatIn(client: PoolClient, seatId: string, end: Appointment): Promise<void> {
  const ended = await client.query(
    'UPDATE seat_terms SET valid_to = greatest(valid_from, $2) WHERE seat_id = $1 AND (valid_to IS NULL OR valid_to > $2)',
    [seatId, end.on],
  );
  if (ended.rowCount === 0) throw new DomainError('notFound');
  await recordChange(client, end, { subject: 'seat', subjectId: seatId, change: 'vacated' });
  await wakeBallots(client);
}

/**
 * Who cannot be given a seat, by one administrator or by two: one who left, an administrator or the auditor (三员), and so whoever gives,
 * proposes or confirms it. An administrator with a seat of his own fills none, and proposes for none. Nobody means that it falls vacant.
 * @throws DomainError `notFound` for no seat, `separation`, `conflicted`, `unfitPerson`
 */
export async function refuseUnfitForSeat(
  client: PoolClient,
  actor: Actor,
  { seatId, personId }: { readonly seatId: string; readonly personId: string | null },
): Promise<void> {
  const seat = await client.query('SELECT 1 FROM seats WHERE id = $1 FOR UPDATE', [seatId]);
  if (seat.rowCount === 0) throw new DomainError('notFound');
  if (personId === actor.personId) throw new DomainError('separation', { why: 'ownSeat' });
  if (actor.seats.length > 0) throw new DomainError('conflicted', { why: 'administratorSeated' });
  if (personId === null) return;
  await client.query('SELECT 1 FROM persons WHERE id = $1 FOR UPDATE', [personId]);
  const { rows } = await client.query<{ active: boolean; administers: boolean }>(
    `SELECT p.active, EXISTS (SELECT 1 FROM role_assignments r WHERE r.person_id = p.id AND r.role = ANY ($2) AND ${notOver('r')}) AS administers
     FROM persons p WHERE p.id = $1`,
    [personId, administratorRoles],
  );
  const [person] = rows;
  const unfit = (why: string) => new DomainError('unfitPerson', { field: 'personId', why }, 'personId');
  if (!person?.active) throw unfit('inactive');
  if (person.administers) throw unfit('officersHoldNoSeat');
}

/** Leaves a doorbell at every case that is balloting, in the transaction of the change: should this process die now, their workflows see to it. */
export async function wakeBallots(client: PoolClient): Promise<void> {
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
