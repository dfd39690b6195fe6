import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { administratorRoles, isAdministratorRole } from '../domain/roles.ts';
import { notOver } from './actor.ts';
import { nobodyTold, tellSecurityAdministrators } from './administratorNotices.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { endRole, refuseLastAdministrator } from './roles.ts';
import { inTransaction } from './transaction.ts';

/** Who somebody is to a method of signing in: its own lasting name for him. */
type Subject = { readonly method: string; readonly subject: string };
type Told = {
  readonly name?: string | undefined;
  readonly login?: string | undefined;
  readonly email?: string | undefined;
};

/** How long somebody whom nobody linked is remembered after his last try, in days. */
const REMEMBERED_DAYS = 90;

/**
 * The person whose login a method names, linked to this subject from now on. A person has one subject of a method: a second one with
 * the same login is somebody else. An administrator is linked by hand alone: whoever writes a directory's attributes is not to become one.
 * @returns the person's id; null where nobody fits
 */
export async function linkByLogin(deps: CaseDeps, { method, subject }: Subject, login: string): Promise<string | null> {
  return inTransaction(deps, async (client) => {
    // In a statement of its own: the next one sees whom somebody made an administrator while this one waited.
    await client.query('SELECT 1 FROM persons WHERE lower(login) = lower($1) FOR UPDATE', [login]);
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM persons p WHERE lower(login) = lower($1) AND active
         AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.person_id = p.id AND i.method = $2)
         AND NOT EXISTS (SELECT 1 FROM role_assignments r WHERE r.person_id = p.id AND r.role = ANY ($3)
           AND (r.valid_to IS NULL OR r.valid_to > (now() AT TIME ZONE 'Asia/Shanghai')::date))`,
      [login, method, administratorRoles],
    );
    const personId = rows[0]?.id ?? null;
    if (personId) await insert(client, { method, subject }, personId, null);
    return { result: personId, doorbell: null };
  });
}

/**
 * Somebody was proven whom nobody is linked to: the security administrator finds him in his list, and is told of him once, however often
 * he tries. Dismissed and trying again, he waits there anew.
 */
export async function recordStranger(deps: CaseDeps, { method, subject }: Subject, told: Told): Promise<void> {
  const short = (text: string | undefined) => text?.slice(0, 200) ?? null;
  await inTransaction(deps, async (client) => {
    await client.query(`DELETE FROM strangers WHERE last_at < now() - make_interval(days => $1)`, [REMEMBERED_DAYS]);
    const { rows } = await client.query<{ times: number }>(
      `INSERT INTO strangers (method, subject, name, login, email) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (method, subject) DO UPDATE SET name = $3, login = $4, email = $5, last_at = now(), times = strangers.times + 1
       RETURNING times`,
      [method, subject, short(told.name), short(told.login), short(told.email)],
    );
    const change = rows[0]?.times === 1 ? await tellSecurityAdministrators(client, 'strangerCame') : nobodyTold;
    return { result: undefined, doorbell: null, change };
  });
}

/**
 * The security administrator links somebody whom a method proved. Never an administrator: who could link himself to another would be
 * both persons of a two-person act (decision 26), so administrators enter by local accounts, whose passwords two persons give out.
 * @throws DomainError `notFound`, `identityTaken`, `unfitPerson`, `separation` */
export async function linkStranger(
  deps: CaseDeps,
  { adminId, method, subject, personId }: Subject & { readonly adminId: string; readonly personId: string },
  keep?: Keep<void>,
): Promise<void> {
  if (personId === adminId) throw new DomainError('separation', { why: 'ownIdentity' });
  await inTransaction(deps, async (client) => {
    const person = await client.query('SELECT 1 FROM persons WHERE id = $1 AND active FOR UPDATE', [personId]);
    if (person.rowCount === 0) throw new DomainError('unfitPerson', { field: 'personId', why: 'inactive' }, 'personId');
    const administers = await client.query(
      `SELECT 1 FROM role_assignments r WHERE r.person_id = $1 AND r.role = ANY ($2) AND ${notOver('r')} LIMIT 1`,
      [personId, administratorRoles],
    );
    if (administers.rowCount !== 0) throw new DomainError('separation', { why: 'administratorIdentity' });
    const waiting = await client.query('DELETE FROM strangers WHERE method = $1 AND subject = $2', [method, subject]);
    if (waiting.rowCount === 0) throw new DomainError('notFound');
    const taken = await client.query(
      'SELECT 1 FROM identities WHERE method = $1 AND (subject = $2 OR person_id = $3) LIMIT 1',
      [method, subject, personId],
    );
    if (taken.rowCount !== 0) throw new DomainError('identityTaken');
    await insert(client, { method, subject }, personId, adminId);
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
}

/**
 * A link ends: the sessions it opened and the roles its groups gave end with it.
 * @throws DomainError `notFound`, `separation`, `lastAdministrator`
 */
export async function endLink(
  deps: CaseDeps,
  { adminId, method, subject }: Subject & { readonly adminId: string },
  keep?: Keep<void>,
): Promise<void> {
  await inTransaction(deps, async (client) => {
    const { rows } = await client.query<{ person_id: string }>(
      'SELECT person_id FROM identities WHERE method = $1 AND subject = $2 FOR UPDATE',
      [method, subject],
    );
    const personId = rows[0]?.person_id;
    if (personId === undefined) throw new DomainError('notFound');
    if (personId === adminId) throw new DomainError('separation', { why: 'ownIdentity' });
    const today = localDay(Date.now());
    const held = await client.query<{ id: string; role: string }>(
      `SELECT id, role FROM role_assignments WHERE person_id = $1 AND source = $2 AND (valid_to IS NULL OR valid_to > $3)`,
      [personId, `group:${method}`, today],
    );
    for (const { id: roleId, role } of held.rows)
      if (isAdministratorRole(role)) await refuseLastAdministrator(client, { personId, on: today, roleId });
    await client.query('DELETE FROM identities WHERE method = $1 AND subject = $2', [method, subject]);
    await client.query(
      'UPDATE sessions SET revoked_at = now() WHERE person_id = $1 AND method = $2 AND revoked_at IS NULL',
      [personId, method],
    );
    for (const { id: roleId } of held.rows) await endRole(client, { roleId, on: today, endedBy: adminId });
    await client.query('DELETE FROM refused_roles WHERE person_id = $1 AND method = $2', [personId, method]);
    await appendAudit(client, { act: 'identity.unlinked', actorId: adminId, codes: { method, personId } });
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
}

/** He is none of ours: he leaves the list until he tries again. @throws DomainError `notFound` */
export async function dismissStranger(
  deps: CaseDeps,
  { adminId, method, subject }: Subject & { readonly adminId: string },
  keep?: Keep<void>,
): Promise<void> {
  await inTransaction(deps, async (client) => {
    const { rowCount } = await client.query('DELETE FROM strangers WHERE method = $1 AND subject = $2', [
      method,
      subject,
    ]);
    if (rowCount === 0) throw new DomainError('notFound');
    await appendAudit(client, { act: 'stranger.dismissed', actorId: adminId, codes: { method } });
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
}

async function insert(
  client: PoolClient,
  { method, subject }: Subject,
  personId: string,
  linkedBy: string | null,
): Promise<void> {
  await client.query('INSERT INTO identities (method, subject, person_id, linked_by) VALUES ($1, $2, $3, $4)', [
    method,
    subject,
    personId,
    linkedBy,
  ]);
  await client.query('DELETE FROM strangers WHERE method = $1 AND subject = $2', [method, subject]);
  await appendAudit(client, {
    act: 'identity.linked',
    actorId: linkedBy ?? personId,
    codes: { method, personId, by: linkedBy ? 'administrator' : 'login' },
  });
}
