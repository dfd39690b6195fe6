import type { PoolClient } from 'pg';
import { addDays, endOfDay, localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { newId } from '../platform/id.ts';
import { loadActor, personKey } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { Change } from './changes.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { violatedConstraint } from './sqlErrors.ts';
import { inTransaction } from './transaction.ts';

/** The days a person is away, the last one included, and who stands in for him. */
export type AbsenceDays = {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly deputyId: string | null;
};

const LONGEST_DAYS = 366;
/** As long as a delegation may last. */
const LONGEST_WITH_DEPUTY = 90;

/**
 * 请假 is entered, by the person himself or by the office for him. A deputy has a delegation of everything that can be delegated for
 * these days; one whom the office names is of the same unit and not who enters it (系统默认).
 * @throws DomainError `invalid`, `unfitPerson`, `separation`
 */
export async function enterAbsence(
  deps: CaseDeps,
  { byId, personId, ...days }: AbsenceDays & { readonly byId: string; readonly personId: string },
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  requireSound(days);
  const id = newId();
  await inTransaction(deps, async (client) => {
    const delegationId = await standIn(client, byId, personId, days);
    await refusingOverlap(() =>
      client.query(
        `INSERT INTO absences (id, person_id, first_day, last_day, deputy_id, delegation_id, entered_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, personId, days.firstDay, days.lastDay, days.deputyId, delegationId, byId],
      ),
    );
    await appendAudit(client, {
      act: 'absence.entered',
      actorId: byId,
      codes: { absenceId: id, personId, ...days, delegationId },
    });
    await keep?.(client, { id });
    return { result: undefined, doorbell: null, change: inboxesOf(days.deputyId) };
  });
  return { id };
}

/** Changes an absence that has not begun. @throws DomainError `notFound`, `absenceBegun`, and as for entering one */
export async function changeAbsence(
  deps: CaseDeps,
  { byId, id, ...days }: AbsenceDays & { readonly byId: string; readonly id: string },
): Promise<void> {
  requireSound(days);
  await inTransaction(deps, async (client) => {
    const absence = await lockAbsence(client, id);
    if (absence.endedOn !== null || absence.firstDay <= localDay(Date.now())) throw new DomainError('absenceBegun');
    await revoke(client, absence.delegationId);
    const delegationId = await standIn(client, byId, absence.personId, days);
    await refusingOverlap(() =>
      client.query(
        'UPDATE absences SET first_day = $2, last_day = $3, deputy_id = $4, delegation_id = $5, entered_by = $6, entered_at = now() WHERE id = $1',
        [id, days.firstDay, days.lastDay, days.deputyId, delegationId, byId],
      ),
    );
    await appendAudit(client, {
      act: 'absence.changed',
      actorId: byId,
      codes: { absenceId: id, ...days, delegationId },
    });
    return { result: undefined, doorbell: null, change: inboxesOf(absence.deputyId, days.deputyId) };
  });
}

/**
 * He is back from today on; one that has not begun is cancelled. His deputy's delegation ends at once.
 * @throws DomainError `notFound`, `absenceBegun` for one that is over
 */
export async function endAbsence(
  deps: CaseDeps,
  { byId, id }: { byId: string; id: string },
  keep?: Keep<void>,
): Promise<void> {
  await inTransaction(deps, async (client) => {
    const absence = await lockAbsence(client, id);
    const today = localDay(Date.now());
    if (absence.endedOn !== null || absence.lastDay < today) throw new DomainError('absenceBegun');
    const isComing = absence.firstDay > today;
    const endedOn = isComing ? absence.firstDay : today;
    await client.query('UPDATE absences SET ended_on = $2 WHERE id = $1', [id, endedOn]);
    await revoke(client, absence.delegationId);
    await appendAudit(client, { act: 'absence.ended', actorId: byId, codes: { absenceId: id, endedOn } });
    await keep?.(client);
    return { result: undefined, doorbell: null, change: inboxesOf(absence.deputyId) };
  });
}

/** Deputies see what is delegated to them at once, and at once no longer. */
const inboxesOf = (...deputies: readonly (string | null)[]): Change => ({
  cases: [],
  keys: deputies.flatMap((id) => (id === null ? [] : [personKey(id)])),
});

function requireSound({ firstDay, lastDay, deputyId }: AbsenceDays): void {
  const refuse = (reason: string) => new DomainError('invalid', { field: 'lastDay', reason }, 'lastDay');
  if (lastDay < firstDay) throw refuse('beforeFirst');
  if (lastDay < localDay(Date.now())) throw refuse('past');
  if (lastDay >= addDays(firstDay, deputyId === null ? LONGEST_DAYS : LONGEST_WITH_DEPUTY)) throw refuse('tooLong');
}

/** The deputy's delegation, of all that can be delegated. @returns its id; null without a deputy */
async function standIn(
  client: PoolClient,
  byId: string,
  personId: string,
  { firstDay, lastDay, deputyId }: AbsenceDays,
): Promise<string | null> {
  const person = await loadActor(client, personId);
  if (!person?.active) throw new DomainError('unfitPerson', { field: 'personId', why: 'inactive' }, 'personId');
  if (deputyId === null) return null;
  const deputy = await loadActor(client, deputyId);
  if (!deputy?.active) throw new DomainError('unfitPerson', { field: 'deputyId', why: 'inactive' }, 'deputyId');
  if (deputyId === personId)
    throw new DomainError('unfitPerson', { field: 'deputyId', why: 'deputyIsAbsent' }, 'deputyId');
  if (byId !== personId && (deputyId === byId || deputy.unitId !== person.unitId))
    throw new DomainError('separation', { why: 'deputyOfUnit' }, 'deputyId');
  const id = newId();
  const from = new Date(Math.max(endOfDay(addDays(firstDay, -1)), Date.now()));
  await client.query(
    `INSERT INTO delegations (id, from_id, to_id, kinds, valid_from, valid_to) VALUES ($1, $2, $3, '{}', $4, $5)`,
    [id, personId, deputyId, from, new Date(endOfDay(lastDay))],
  );
  return id;
}

async function revoke(client: PoolClient, delegationId: string | null): Promise<void> {
  await client.query('UPDATE delegations SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL', [delegationId]);
}

type StoredAbsence = {
  readonly personId: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly endedOn: string | null;
  readonly deputyId: string | null;
  readonly delegationId: string | null;
};

async function lockAbsence(client: PoolClient, id: string): Promise<StoredAbsence> {
  const { rows } = await client.query<StoredAbsence>(
    `SELECT person_id AS "personId", first_day::text AS "firstDay", last_day::text AS "lastDay", ended_on::text AS "endedOn",
       deputy_id AS "deputyId",       delegation_id AS "delegationId" FROM absences WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (!rows[0]) throw new DomainError('notFound');
  return rows[0];
}

async function refusingOverlap(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (violatedConstraint(error) === 'absences_once')
      throw new DomainError('invalid', { field: 'firstDay', reason: 'overlaps' }, 'firstDay');
    throw error;
  }
}
