import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { newId } from '../platform/id.ts';
import { ringAccountsOf } from './accountBell.ts';
import { personKey } from './actor.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { tellOfLostHolders } from './lostHolders.ts';
import { type Appointment, recordChange, refusingTaken, requireCome } from './organisation.ts';
import { refuseLastAdministrator } from './roles.ts';
import { lockSeats, refreshBallots, refuseBalloting, seatsOfUnit, wakeBallots } from './seats.ts';
import { inTransaction } from './transaction.ts';
import { requireUnit } from './units.ts';

/**
 * A person leaves: at once he can sign in no more, holds no role and no seat, and every case he had a task in is woken, so that
 * nobody's task waits silently. In an open ballot his seat stays in the count, silent, until two administrators name a successor
 * (decision 31). @throws DomainError `notFound`, `lastAdministrator`
 */
export async function leave(
  deps: CaseDeps,
  { personId, ...appointment }: Appointment & { readonly personId: string },
  keep?: Keep<void>,
): Promise<void> {
  const { on } = appointment;
  await inTransaction(deps, async (client) => {
    await lockSeats(client);
    await refuseLastAdministrator(client, { personId, on });
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
    await wakeCases(client);
    await tellOfLostHolders(client, { managerId: personId });
    await ringAccountsOf(client, personId);
    await recordChange(client, appointment, { subject: 'person', subjectId: personId, change: 'left' });
    await wakeBallots(client);
    await keep?.(client);
    return { result: undefined, doorbell: null, change: { cases: [], keys: [personKey(personId)] } };
  });
  await refreshBallots(deps);
}

export type NewPerson = Appointment & {
  readonly login: string;
  readonly name: string;
  readonly nameEn: string;
  readonly unitId: string;
};

/** A person joins. He holds no role until one is granted. @throws DomainError `taken` for a login somebody has, `unitGone` */
export async function addPerson(
  deps: CaseDeps,
  person: NewPerson,
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  requireCome(person.on);
  const id = newId();
  await inTransaction(deps, async (client) => {
    const { login, name, nameEn, unitId } = person;
    await requireUnit(client, unitId, 'unitId');
    await refusingTaken({ persons_login_key: 'login' }, () =>
      client.query('INSERT INTO persons (id, login, name, name_en, unit_id) VALUES ($1, $2, $3, $4, $5)', [
        id,
        login,
        name,
        nameEn,
        unitId,
      ]),
    );
    await recordChange(client, person, { subject: 'person', subjectId: id, change: 'entered', ids: { unitId } });
    await keep?.(client, { id });
    return { result: undefined, doorbell: null };
  });
  return { id };
}

/**
 * A person is renamed, or moves to another unit: what he held by his unit ends with it, roles and its seat, and his tasks go on to
 * others (系统默认). @throws DomainError `notFound`, `unitGone`, `twoPersons` where its seat is in an open ballot
 */
export async function changePerson(
  deps: CaseDeps,
  { personId, ...change }: Appointment & { personId: string; name: string; nameEn: string; unitId: string },
): Promise<void> {
  const { name, nameEn, unitId, on } = change;
  requireCome(on);
  await inTransaction(deps, async (client) => {
    await lockSeats(client);
    const { rows } = await client.query<{ name: string; nameEn: string; unitId: string; kind: string }>(
      `SELECT p.name, p.name_en AS "nameEn", p.unit_id AS "unitId", u.kind FROM persons p JOIN units u ON u.id = p.unit_id
       WHERE p.id = $1 AND p.active FOR UPDATE OF p`,
      [personId],
    );
    const [before] = rows;
    if (!before) throw new DomainError('notFound');
    await client.query('UPDATE persons SET name = $2, name_en = $3, unit_id = $4 WHERE id = $1', [
      personId,
      name,
      nameEn,
      unitId,
    ]);
    if (unitId === before.unitId) {
      const codes = { before: { name: before.name, nameEn: before.nameEn } };
      await recordChange(client, change, { subject: 'person', subjectId: personId, change: 'renamed', codes });
      return { result: undefined, doorbell: null };
    }
    await requireUnit(client, unitId, 'unitId');
    await refuseBalloting(client, await seatsOfUnit(client, { unitId: before.unitId, personId, on }));
    await endWhatHisUnitGave(client, personId, before, on);
    const ids = { fromUnitId: before.unitId, toUnitId: unitId };
    await recordChange(client, change, { subject: 'person', subjectId: personId, change: 'moved', ids });
    await wakeCases(client);
    await tellOfLostHolders(client, { managerId: personId });
    await wakeBallots(client);
    return { result: undefined, doorbell: null };
  });
  await refreshBallots(deps);
}

async function endWhatHisUnitGave(
  client: PoolClient,
  personId: string,
  unit: { readonly unitId: string; readonly kind: string },
  on: string,
): Promise<void> {
  const ofTheOffice = unit.kind === 'office' ? ['office', 'dataClerk'] : [];
  await client.query(
    `UPDATE role_assignments SET valid_to = greatest(valid_from, $2) WHERE person_id = $1 AND (unit_id = $3 OR role = ANY ($4))
       AND (valid_to IS NULL OR valid_to > $2)`,
    [personId, on, unit.unitId, ofTheOffice],
  );
  await client.query(
    `UPDATE seat_terms SET valid_to = greatest(valid_from, $2) WHERE person_id = $1 AND seat_id IN (SELECT id FROM seats WHERE unit_id = $3)
       AND (valid_to IS NULL OR valid_to > $2)`,
    [personId, on, unit.unitId],
  );
}

/** Leaves a doorbell at every case somebody has a task in: its workflow sees whether anybody is left to answer. */
async function wakeCases(client: PoolClient): Promise<void> {
  await client.query(
    `INSERT INTO outbox (case_id, process, seq) SELECT c.id, c.process, c.seq FROM cases c WHERE c.closed_at IS NULL AND EXISTS (
       SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open')`,
  );
}
