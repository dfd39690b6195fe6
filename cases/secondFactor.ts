import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { DomainError } from '../domain/errors.ts';
import { aad, openText, seal } from '../platform/cipher.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { forgetSecondFactor, localAccountOf, randomWords } from './localAccounts.ts';
import { inTransaction } from './transaction.ts';

const PERIOD_S = 30;
/** A clock may be one step off. */
const WINDOW = 1;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;

const totpOf = (secret: string, login: string): TOTP =>
  new TOTP({ issuer: '大客户管理', label: login, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret });
const place = (personId: string): string => aad('local_credentials', 'totp_secret', personId);
const codeHash = (code: string): string =>
  createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
    .digest('base64url');

/** A secret for an authenticator, not in use until a code of it is shown. @throws DomainError `notFound`, `secondFactorThere` */
export async function beginSecondFactor(
  deps: CaseDeps,
  personId: string,
): Promise<{ readonly secret: string; readonly uri: string }> {
  const account = await localAccountOf(deps.pool, personId);
  if (!account) throw new DomainError('notFound');
  if (account.totpSince) throw new DomainError('secondFactorThere');
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  const key = await deps.keys.getOrCreate(`person:${personId}`);
  await deps.pool.query('UPDATE local_credentials SET totp_secret = $2 WHERE person_id = $1 AND totp_since IS NULL', [
    personId,
    seal(key, secret, place(personId)),
  ]);
  return { secret, uri: totpOf(secret, account.login).toString() };
}

/** From now on a code is asked for at sign-in. @returns the recovery codes, told this once. @throws DomainError `codeWrong` */
export async function confirmSecondFactor(deps: CaseDeps, personId: string, code: string): Promise<string[]> {
  const step = await stepOf(deps, personId, code, 'begun');
  if (step === null) throw new DomainError('codeWrong');
  return inTransaction(deps, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE local_credentials SET totp_since = now(), totp_step = $2 WHERE person_id = $1 AND totp_since IS NULL',
      [personId, step],
    );
    if (rowCount === 0) throw new DomainError('codeWrong');
    await appendAudit(client, { act: 'secondFactor.added', actorId: personId });
    return { result: await newCodes(client, personId), doorbell: null };
  });
}

/** Whether the code is the authenticator's of now, not taken before, or a recovery code not used before; it is used up by this. */
export async function takeCode(deps: CaseDeps, personId: string, code: string): Promise<boolean> {
  if (!/^\d{6}$/.test(code)) {
    const used = await deps.pool.query(
      'UPDATE recovery_codes SET used_at = now() WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL',
      [personId, codeHash(code)],
    );
    return used.rowCount === 1;
  }
  const step = await stepOf(deps, personId, code, 'inUse');
  if (step === null) return false;
  const taken = await deps.pool.query(
    'UPDATE local_credentials SET totp_step = $2 WHERE person_id = $1 AND coalesce(totp_step, 0) < $2',
    [personId, step],
  );
  return taken.rowCount === 1;
}

/** The 30-second step whose code this is; null for a wrong one. */
async function stepOf(
  deps: CaseDeps,
  personId: string,
  code: string,
  which: 'begun' | 'inUse',
): Promise<number | null> {
  const { rows } = await deps.pool.query<{ login: string; totp_secret: Buffer | null; in_use: boolean }>(
    `SELECT p.login, c.totp_secret, c.totp_since IS NOT NULL AS in_use
     FROM local_credentials c JOIN persons p ON p.id = c.person_id WHERE c.person_id = $1`,
    [personId],
  );
  const row = rows[0];
  if (!row?.totp_secret || row.in_use !== (which === 'inUse')) return null;
  const key = await deps.keys.get(`person:${personId}`);
  const now = Date.now();
  const delta = totpOf(openText(key, row.totp_secret, place(personId)), row.login).validate({
    token: code,
    window: WINDOW,
    timestamp: now,
  });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_S) + delta;
}

/** New recovery codes in place of the old ones, told this once. @throws DomainError `notFound` without a second factor */
export async function renewRecoveryCodes(deps: CaseDeps, personId: string): Promise<string[]> {
  return inTransaction(deps, async (client) => {
    const account = await localAccountOf(client, personId);
    if (!account?.totpSince) throw new DomainError('notFound');
    await appendAudit(client, { act: 'recoveryCodes.renewed', actorId: personId });
    return { result: await newCodes(client, personId), doorbell: null };
  });
}

async function newCodes(client: Parameters<typeof forgetSecondFactor>[0], personId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => randomWords(3));
  await client.query('DELETE FROM recovery_codes WHERE person_id = $1', [personId]);
  await client.query('INSERT INTO recovery_codes (person_id, code_hash) SELECT $1, unnest($2::text[])', [
    personId,
    codes.map(codeHash),
  ]);
  return codes;
}

/** No code is asked for any more. @throws DomainError `notFound` */
export async function removeSecondFactor(deps: CaseDeps, personId: string): Promise<void> {
  await inTransaction(deps, async (client) => {
    const account = await localAccountOf(client, personId);
    if (!account?.totpSince) throw new DomainError('notFound');
    await forgetSecondFactor(client, personId);
    await appendAudit(client, { act: 'secondFactor.removed', actorId: personId });
    return { result: undefined, doorbell: null };
  });
}

/** How many recovery codes are left. */
export async function recoveryCodesLeft(deps: Pick<CaseDeps, 'pool'>, personId: string): Promise<number> {
  const { rows } = await deps.pool.query<{ left: number }>(
    'SELECT count(*)::int AS left FROM recovery_codes WHERE person_id = $1 AND used_at IS NULL',
    [personId],
  );
  return rows[0]?.left ?? 0;
}
