import type { Pool, PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { administratorRoles, isAdministratorRole } from '../domain/roles.ts';
import { newId } from '../platform/id.ts';
import { type Actor, notOver } from './actor.ts';
import { appendAudit } from './audit.ts';
import { LOCAL } from './localAccounts.ts';
import { endSessionsAndTokens } from './waysIn.ts';

export type Grant = {
  readonly personId: string;
  readonly role: string;
  readonly unitId: string | null;
  readonly from: string;
  readonly document: string;
  /** The security administrator; null where groups give it. */
  readonly grantedBy: string | null;
  /** `manual`, or `group:<method>`. */
  readonly source: string;
};

/** Whether the three administrators stay different people; asked under the person's lock, of what is held and what is granted for later: two grants at once are not to pass each other. */
export async function isSecondAdministration(client: PoolClient, personId: string, role: string): Promise<boolean> {
  if (!isAdministratorRole(role)) return false;
  await client.query('SELECT 1 FROM persons WHERE id = $1 FOR UPDATE', [personId]);
  const { rows } = await client.query(
    `SELECT 1 FROM role_assignments WHERE person_id = $1 AND role = ANY ($2) AND role <> $3
       AND (valid_to IS NULL OR valid_to > greatest(valid_from, (now() AT TIME ZONE 'Asia/Shanghai')::date)) LIMIT 1`,
    [personId, administratorRoles, role],
  );
  return rows.length > 0;
}

/** Grants a role; on record. @returns the assignment's id */
export async function grantRole(client: PoolClient, grant: Grant): Promise<string> {
  const { personId, role, unitId, from, document, grantedBy, source } = grant;
  const id = newId();
  await client.query(
    `INSERT INTO role_assignments (id, person_id, role, unit_id, valid_from, document, granted_by, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, personId, role, unitId, from, document, grantedBy, source],
  );
  const codes = { roleId: id, personId, role, unitId, ...(source === 'manual' ? {} : { source }) };
  await appendAudit(client, { act: 'role.granted', actorId: grantedBy, codes });
  return id;
}

/** Ends an assignment on a day; on record. @returns whether there was anything to end */
export async function endRole(
  client: PoolClient,
  { roleId, on, endedBy }: { readonly roleId: string; readonly on: string; readonly endedBy: string | null },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE role_assignments SET valid_to = greatest(valid_from, $2::date) WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2::date)`,
    [roleId, on],
  );
  if (rowCount === 0) return false;
  // Open tasks may have lost their last candidate: their cases are woken, and see to it.
  await client.query(
    `INSERT INTO outbox (case_id, process, seq) SELECT c.id, c.process, c.seq FROM cases c
     WHERE c.closed_at IS NULL AND EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open') AND c.state <> 'draft'`,
  );
  await appendAudit(client, { act: 'role.ended', actorId: endedBy, codes: { roleId, on } });
  return true;
}

/**
 * An administrator ends an assignment: at once and alone, because a right that should end waits for nobody. Of the administrators' roles
 * nobody ends his own or the last. @throws DomainError `notFound`, `separation`, `lastAdministrator`
 */
export async function endRoleByHand(
  client: PoolClient,
  { roleId, on, adminId }: { readonly roleId: string; readonly on: string; readonly adminId: string },
): Promise<void> {
  const { rows } = await client.query<{ personId: string; role: string }>(
    'SELECT person_id AS "personId", role FROM role_assignments WHERE id = $1',
    [roleId],
  );
  const [held] = rows;
  if (!held) throw new DomainError('notFound');
  const { personId, role } = held;
  if (isAdministratorRole(role)) {
    if (personId === adminId) throw new DomainError('separation', { why: 'ownAdministration' });
    await refuseLastAdministrator(client, { personId, on, roleId });
  }
  if (!(await endRole(client, { roleId, on, endedBy: adminId }))) throw new DomainError('notFound');
}

/**
 * Nobody ends the last administrator of a kind, whether by ending the role or by recording that its holder leaves: a successor is
 * appointed first. Who stays has no last day; who goes may have one already, which an act only brings nearer. Two that end at once come
 * one after the other (系统默认).
 * @throws DomainError `lastAdministrator`
 */
export async function refuseLastAdministrator(
  client: PoolClient,
  { personId, on, roleId = null }: { readonly personId: string; readonly on: string; readonly roleId?: string | null },
): Promise<void> {
  const { rows } = await client.query<{ role: string; theirs: boolean; stays: boolean }>(
    `SELECT r.role, r.person_id = $2 AND ($3::text IS NULL OR r.id = $3) AS theirs,
       r.valid_to IS NULL AND r.valid_from <= $4::date AS stays
     FROM role_assignments r WHERE r.role = ANY ($1) AND (r.valid_to IS NULL OR r.valid_to > greatest(r.valid_from, $4::date)) ORDER BY r.id FOR UPDATE`,
    [administratorRoles, personId, roleId, [on, localDay(Date.now())].toSorted().at(-1)],
  );
  const last = rows.find(
    ({ role, theirs }) => theirs && !rows.some((other) => other.role === role && !other.theirs && other.stays),
  );
  if (last) throw new DomainError('lastAdministrator', { role: last.role });
}

/** Who cannot be made an administrator. @throws DomainError `separation`, `unfitPerson`, `roleHeld` */
export async function refuseUnfitForAdministration(
  client: PoolClient,
  { actor, personId, role }: { readonly actor: Actor; readonly personId: string; readonly role: string },
): Promise<void> {
  if (personId === actor.personId) throw new DomainError('separation', { why: 'ownRole' });
  if (await isSecondAdministration(client, personId, role))
    throw new DomainError('separation', { why: 'threeOfficers' });
  const { rows } = await client.query<{ active: boolean; seated: boolean; held: boolean }>(
    `SELECT p.active, EXISTS (SELECT 1 FROM seat_terms t WHERE t.person_id = p.id AND ${notOver('t')}) AS seated,
       EXISTS (SELECT 1 FROM role_assignments r WHERE r.person_id = p.id AND r.role = $2 AND r.valid_to IS NULL) AS held
     FROM persons p WHERE p.id = $1`,
    [personId, role],
  );
  const [person] = rows;
  const unfit = (why: string) => new DomainError('unfitPerson', { field: 'personId', why }, 'personId');
  if (!person?.active) throw unfit('inactive');
  if (person.seated) throw unfit('officersHoldNoSeat');
  if (person.held) throw unfit('roleHeld');
}

/** Stands where a password's hash does; no password has it. */
const NO_PASSWORD = 'none';

/**
 * Who becomes an administrator enters by nothing that one person alone may know or have opened: his sessions and tokens end, every link to
 * an outside account too, and a password that one of the two gave out, or that whoever gave it out may still know, is no longer taken.
 * The next one is told in two halves. Asked under the person's lock.
 */
export async function renewWaysIn(
  client: PoolClient,
  { personId, givenBy }: { readonly personId: string; readonly givenBy: readonly string[] },
): Promise<void> {
  await client.query('DELETE FROM sign_in_attempts WHERE person_id = $1', [personId]);
  await endSessionsAndTokens(client, personId);
  await client.query('DELETE FROM known_devices WHERE person_id = $1', [personId]);
  const links = await client.query<{ method: string }>(
    'DELETE FROM identities WHERE person_id = $1 AND method <> $2 RETURNING method',
    [personId, LOCAL],
  );
  for (const { method } of links.rows)
    await appendAudit(client, { act: 'identity.unlinked', codes: { method, personId, by: 'administratorRole' } });
  const ended = await client.query(
    `UPDATE local_credentials SET password_hash = $3, must_change = true, expires_at = now() - interval '1 second', other_half = NULL
     WHERE person_id = $1 AND (must_change OR issued_by = ANY ($2))`,
    [personId, givenBy, NO_PASSWORD],
  );
  if (ended.rowCount !== 0) await appendAudit(client, { act: 'account.expired', codes: { personId } });
}

/**
 * Of pairs of a person and an administrator who proposes him, those (`person administrator`) where the one has a way in that others know or
 * opened, and that ends when he is confirmed: a password the other gave out, one from anybody that he has not changed, an outside account.
 */
export async function handedWaysIn(
  pool: Pool,
  pairs: readonly { readonly personId: string; readonly by: string }[],
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ pair: string }>(
    `SELECT asked.person_id || ' ' || asked.given_by AS pair FROM unnest($1::text[], $2::text[]) AS asked (person_id, given_by)
     WHERE EXISTS (SELECT 1 FROM local_credentials c WHERE c.person_id = asked.person_id
         AND (c.must_change OR c.issued_by = asked.given_by) AND (c.expires_at IS NULL OR c.expires_at > now()))
       OR EXISTS (SELECT 1 FROM identities i WHERE i.person_id = asked.person_id AND i.method <> $3)`,
    [pairs.map(({ personId }) => personId), pairs.map(({ by }) => by), LOCAL],
  );
  return new Set(rows.map(({ pair }) => pair));
}
