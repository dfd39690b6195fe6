import { randomInt } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { PASSWORD_LEAST, PASSWORD_MOST, PASSWORDS_REMEMBERED, passwordFault } from '../domain/password.ts';
import { administratorRoles } from '../domain/roles.ts';
import { aad, openText, seal } from '../platform/cipher.ts';
import { isCommonPassword } from '../platform/commonPasswords.ts';
import { hashPassword, verifyPassword } from '../platform/passwordHash.ts';
import { notOver } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { releaseBrakes, signInBrake } from './signInBrakes.ts';
import { inTransaction } from './transaction.ts';
import { endSessionsAndTokens, holdWaysIn, requireWayIn } from './waysIn.ts';

/** The method's id of local accounts. */
export const LOCAL = 'local';
const ONE_TIME_HOURS = 72;
/** Without what is easily read as something else. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Random words of five characters, joined by hyphens; four of them are 99 bits. */
export const randomWords = (count: number): string =>
  Array.from({ length: count }, () =>
    Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  ).join('-');

/** What is told once of an account just made or reset; `half` where it is an administrator’s: another one holds the second half. */
export type OneTimePassword = {
  readonly login: string;
  readonly password: string;
  readonly half: boolean;
  readonly expiresAt: Date;
};

export type LocalAccount = {
  readonly login: string;
  readonly passwordHash: string;
  readonly changedAt: Date;
  readonly mustChange: boolean;
  readonly expired: boolean;
  readonly totpSince: Date | null;
};

/** @returns null for who has no local account */
export async function localAccountOf(pool: Pool | PoolClient, personId: string): Promise<LocalAccount | null> {
  const { rows } = await pool.query<LocalAccount>(
    `SELECT p.login, c.password_hash AS "passwordHash", c.changed_at AS "changedAt", c.must_change AS "mustChange",
       coalesce(c.expires_at < now(), false) AS expired, c.totp_since AS "totpSince"
     FROM local_credentials c JOIN persons p ON p.id = c.person_id WHERE c.person_id = $1`,
    [personId],
  );
  return rows[0] ?? null;
}

/** Who has this login and password; null where either is wrong. Takes as long for a login nobody has. */
export async function checkPassword(pool: Pool, login: string, password: string): Promise<string | null> {
  const { rows } = await pool.query<{ person_id: string; password_hash: string }>(
    `SELECT c.person_id, c.password_hash FROM local_credentials c JOIN persons p ON p.id = c.person_id
     WHERE lower(p.login) = lower($1)`,
    [login.trim()],
  );
  const found = rows[0];
  const { right, outdated } = await verifyPassword(password, found?.password_hash ?? null);
  if (!found || !right) return null;
  if (outdated)
    await pool.query('UPDATE local_credentials SET password_hash = $3 WHERE person_id = $1 AND password_hash = $2', [
      found.person_id,
      found.password_hash,
      await hashPassword(password),
    ]);
  return found.person_id;
}

/**
 * Makes a person's account, or resets it: a new one-time password, every session and token ended, no browser known any more. Of an
 * administrator's password whoever asks is told one half; the other half waits for another administrator (`otherHalf`).
 * @throws DomainError `notFound`, `unfitPerson`, `separation`, and `accountExists` where it should be new
 */
export async function issuePassword(
  deps: CaseDeps,
  request: {
    readonly adminId: string;
    readonly personId: string;
    readonly isNew: boolean;
    readonly secondFactor: boolean;
  },
): Promise<OneTimePassword> {
  const { adminId, personId, isNew, secondFactor } = request;
  if (adminId === personId) throw new DomainError('separation', { why: 'ownAccount' });
  const halves = [randomWords(2), randomWords(2)] as const;
  const password = halves.join('-');
  const hash = await hashPassword(password);
  return inTransaction(deps, async (client) => {
    // In a statement of its own: the next one sees whom somebody made an administrator while this one waited.
    await client.query('SELECT 1 FROM persons WHERE id = $1 FOR UPDATE', [personId]);
    const { rows } = await client.query<{ login: string; active: boolean; administrator: boolean; exists: boolean }>(
      `SELECT login, active, EXISTS (SELECT 1 FROM local_credentials c WHERE c.person_id = p.id) AS exists,
         EXISTS (SELECT 1 FROM role_assignments r WHERE r.person_id = p.id AND r.role = ANY ($2) AND ${notOver('r')}) AS administrator
       FROM persons p WHERE id = $1`,
      [personId, administratorRoles],
    );
    const person = rows[0];
    if (!person || (!isNew && !person.exists)) throw new DomainError('notFound');
    if (!person.active) throw new DomainError('unfitPerson', { field: 'personId', why: 'inactive' }, 'personId');
    if (isNew && person.exists) throw new DomainError('accountExists');
    // Not before: a key is made for a person there is, not for whatever was asked about.
    const key = await deps.keys.getOrCreate(`person:${personId}`);
    const half = person.administrator ? seal(key, halves[1], aad('local_credentials', 'other_half', personId)) : null;
    const stored = await client.query<{ expires_at: Date }>(
      `INSERT INTO local_credentials (person_id, password_hash, must_change, expires_at, other_half, issued_by)
       VALUES ($1, $2, true, now() + make_interval(hours => $3), $4, $5)
       ON CONFLICT (person_id) DO UPDATE SET password_hash = $2, changed_at = now(), must_change = true,
         expires_at = now() + make_interval(hours => $3), other_half = $4, issued_by = $5
       RETURNING expires_at`,
      [personId, hash, ONE_TIME_HOURS, half, adminId],
    );
    await client.query(
      'INSERT INTO identities (method, subject, person_id, linked_by) VALUES ($1, $2, $2, $3) ON CONFLICT DO NOTHING',
      [LOCAL, personId, adminId],
    );
    if (secondFactor) await forgetSecondFactor(client, personId);
    await client.query('DELETE FROM known_devices WHERE person_id = $1', [personId]);
    // Whoever had got in may have made himself a token, which would outlast the reset.
    if (isNew) await endSessions(client, personId, null);
    else await endSessionsAndTokens(client, personId);
    await releaseBrakes(client, [signInBrake(LOCAL, person.login)]);
    const act = isNew ? 'account.made' : 'account.reset';
    await appendAudit(client, { act, actorId: adminId, codes: { personId, secondFactor, two: person.administrator } });
    return {
      result: {
        login: person.login,
        password: person.administrator ? halves[0] : password,
        half: person.administrator,
        expiresAt: stored.rows[0]?.expires_at as Date,
      },
      doorbell: null,
    };
  });
}

/**
 * The second half of an administrator's one-time password, told once, to another administrator than the one who issued it and the
 * one it is for: nobody alone can enter as an administrator. @throws DomainError `notFound`, `separation`
 */
export async function otherHalf(
  deps: CaseDeps,
  { adminId, personId }: { readonly adminId: string; readonly personId: string },
): Promise<string> {
  return inTransaction(deps, async (client) => {
    const { rows } = await client.query<{ other_half: Buffer; issued_by: string }>(
      `SELECT other_half, issued_by FROM local_credentials
       WHERE person_id = $1 AND other_half IS NOT NULL AND expires_at > now() FOR UPDATE`,
      [personId],
    );
    const row = rows[0];
    if (!row) throw new DomainError('notFound');
    if (adminId === row.issued_by || adminId === personId) throw new DomainError('separation', { why: 'otherHalf' });
    const key = await deps.keys.getOrCreate(`person:${personId}`);
    await client.query('UPDATE local_credentials SET other_half = NULL WHERE person_id = $1', [personId]);
    await appendAudit(client, { act: 'account.otherHalf', actorId: adminId, codes: { personId } });
    return { result: openText(key, row.other_half, aad('local_credentials', 'other_half', personId)), doorbell: null };
  });
}

/** Ends a person's local account for good, with what was kept for it and whatever he is in by. Nobody ends his own. @throws DomainError `notFound`, `separation` */
export async function removeAccount(
  deps: CaseDeps,
  { adminId, personId }: { readonly adminId: string; readonly personId: string },
): Promise<void> {
  if (adminId === personId) throw new DomainError('separation', { why: 'ownAccount' });
  await inTransaction(deps, async (client) => {
    await client.query('SELECT 1 FROM persons WHERE id = $1 FOR UPDATE', [personId]);
    const { rowCount } = await client.query('DELETE FROM local_credentials WHERE person_id = $1', [personId]);
    if (rowCount === 0) throw new DomainError('notFound');
    await client.query('DELETE FROM recovery_codes WHERE person_id = $1', [personId]);
    await client.query('DELETE FROM password_history WHERE person_id = $1', [personId]);
    await client.query('DELETE FROM identities WHERE person_id = $1 AND method = $2', [personId, LOCAL]);
    await client.query('DELETE FROM known_devices WHERE person_id = $1', [personId]);
    await endSessionsAndTokens(client, personId);
    await appendAudit(client, { act: 'account.removed', actorId: adminId, codes: { personId } });
    return { result: undefined, doorbell: null };
  });
}

/**
 * A password of the person's own, in place of the one of `account`. Every session of his ends but `keep`, the one he came with.
 * @throws DomainError `unauthenticated` where that one ended meanwhile, `signInExpired` where the password was changed, reset or expired, `passwordShort`, `passwordLong`, `passwordHasLogin`, `passwordCommon`, `passwordReused`
 */
export async function changePassword(
  deps: CaseDeps,
  {
    personId,
    account,
    password,
    keep,
  }: {
    readonly personId: string;
    readonly account: LocalAccount;
    readonly password: string;
    readonly keep: string | null;
  },
): Promise<void> {
  refuseWeak(password, account.login);
  const { rows } = await deps.pool.query<{ password_hash: string }>(
    'SELECT password_hash FROM password_history WHERE person_id = $1 ORDER BY at DESC LIMIT $2',
    [personId, PASSWORDS_REMEMBERED],
  );
  for (const hash of [account.passwordHash, ...rows.map((row) => row.password_hash)]) {
    const { right } = await verifyPassword(password, hash);
    if (right) throw new DomainError('passwordReused', { count: PASSWORDS_REMEMBERED }, 'password');
  }
  const hash = await hashPassword(password);
  await inTransaction(deps, async (client) => {
    await holdWaysIn(client, personId);
    if (keep !== null) await requireWayIn(client, { sessionId: keep, tokenId: null });
    const changed = await client.query(
      `UPDATE local_credentials SET password_hash = $3, changed_at = now(), must_change = false, expires_at = NULL,
         other_half = NULL WHERE person_id = $1 AND password_hash = $2
         AND (expires_at IS NULL OR expires_at > clock_timestamp())`,
      [personId, account.passwordHash, hash],
    );
    // Changed by somebody else meanwhile, or no longer good.
    if (changed.rowCount === 0) throw new DomainError('signInExpired');
    await client.query(
      'INSERT INTO password_history (person_id, at, password_hash) VALUES ($1, clock_timestamp(), $2)',
      [personId, hash],
    );
    await client.query(
      `DELETE FROM password_history WHERE person_id = $1 AND at < (
         SELECT min(at) FROM (SELECT at FROM password_history WHERE person_id = $1 ORDER BY at DESC LIMIT $2) kept)`,
      [personId, PASSWORDS_REMEMBERED + 1],
    );
    await endSessions(client, personId, keep);
    await appendAudit(client, { act: 'password.changed', actorId: personId });
    return { result: undefined, doorbell: null };
  });
}

/** @throws DomainError naming what speaks against it */
export function refuseWeak(password: string, login: string, field = 'password'): void {
  const fault = passwordFault(password, login, isCommonPassword);
  if (fault) throw new DomainError(fault, { least: PASSWORD_LEAST, most: PASSWORD_MOST }, field);
}

/** Ends a person's sessions at once, but the one to keep. */
export async function endSessions(client: Pool | PoolClient, personId: string, keep: string | null): Promise<number> {
  const { rowCount } = await client.query(
    'UPDATE sessions SET revoked_at = now() WHERE person_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $2',
    [personId, keep],
  );
  return rowCount ?? 0;
}

export async function forgetSecondFactor(client: PoolClient, personId: string): Promise<void> {
  await client.query(
    'UPDATE local_credentials SET totp_secret = NULL, totp_since = NULL, totp_step = NULL WHERE person_id = $1',
    [personId],
  );
  await client.query('DELETE FROM recovery_codes WHERE person_id = $1', [personId]);
}
