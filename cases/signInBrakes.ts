import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { type BrakeKind, FORGOTTEN_AFTER_MS, lockMs } from '../domain/lockOut.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { inTransaction } from './transaction.ts';

/** What failures in a row are counted under. */
export type Brake = { readonly kind: BrakeKind; readonly key: string };

/** `about` is hashed: a login may be a password typed into the wrong field. */
export const brakeOf = (kind: BrakeKind, ...about: readonly string[]): Brake => ({
  kind,
  key: `${kind}:${createHash('sha256').update(JSON.stringify(about)).digest('base64url')}`,
});

/** What failed sign-ins with one login are counted under, of a method each, whether anybody has that login or not. */
export const signInBrake = (method: string, login: string): Brake => brakeOf('login', method, foldedLogin(login));

/**
 * A login as failures are counted under it. Directories and databases find one entry by many spellings: other widths, accents, signs that
 * are not seen, spaces. A spelling of its own is not to bring five more tries.
 */
export const foldedLogin = (login: string): string =>
  login
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{C}\p{Z}\s]/gu, '')
    .toUpperCase()
    .toLowerCase();

export type Try = {
  /** It failed, which goes on record. @throws DomainError `signInLocked` where no other may follow for a while, else `refusal` */
  failed(refusal: DomainError, about: { readonly personId: string | null; readonly method: string }): Promise<never>;
  /** What was counted under its own keys is forgotten; an address only gets this one try back. */
  succeeded(): Promise<void>;
  /** It was none: nobody could say whether it fails. What failed before stays counted. */
  undone(): Promise<void>;
};

/**
 * Begins a try. It counts as failed until it has succeeded, so that a hundred at once are a hundred.
 * @throws DomainError `signInLocked` while one of the brakes holds
 */
export async function tryUnder(deps: CaseDeps, brakes: readonly Brake[]): Promise<Try> {
  const sorted = brakes.toSorted((a, b) => a.key.localeCompare(b.key));
  const { held, locked } = await inTransaction(deps, async (client) => {
    await client.query('DELETE FROM sign_in_brakes WHERE last_at < now() - make_interval(secs => $1)', [
      FORGOTTEN_AFTER_MS / 1000,
    ]);
    let held = 0;
    let locked = 0;
    for (const brake of sorted) held = Math.max(held, await heldMinutes(client, brake));
    if (held === 0) for (const brake of sorted) locked = Math.max(locked, await count(client, brake));
    return { result: { held, locked }, doorbell: null };
  });
  if (held > 0) throw new DomainError('signInLocked', { minutes: held });
  const giveBack = (given: readonly Brake[]) =>
    deps.pool.query(
      'UPDATE sign_in_brakes SET failures = greatest(failures - 1, 0), locked_until = NULL WHERE key = ANY ($1)',
      [given.map((brake) => brake.key)],
    );
  return {
    async failed(refusal, { personId, method }) {
      await inTransaction(deps, async (client) => {
        const codes = { method, code: refusal.code };
        await appendAudit(client, { act: 'signIn.failed', actorId: personId, codes });
        if (locked > 0)
          await appendAudit(client, { act: 'signIn.locked', actorId: personId, codes: { method, minutes: locked } });
        return { result: undefined, doorbell: null };
      });
      throw locked > 0 ? new DomainError('signInLocked', { minutes: locked }) : refusal;
    },
    async succeeded() {
      const [addresses, own] = [sorted.filter(isAddress), sorted.filter((brake) => !isAddress(brake))];
      await releaseBrakes(deps.pool, own);
      await giveBack(addresses);
    },
    async undone() {
      await giveBack(sorted);
    },
  };
}

export async function releaseBrakes(database: Pool | PoolClient, brakes: readonly Brake[]): Promise<void> {
  await database.query('DELETE FROM sign_in_brakes WHERE key = ANY ($1)', [brakes.map((brake) => brake.key)]);
}

const isAddress = ({ kind }: Brake): boolean => kind === 'address';

async function heldMinutes(client: PoolClient, { key }: Brake): Promise<number> {
  await client.query(
    'INSERT INTO sign_in_brakes (key, failures, last_at) VALUES ($1, 0, now()) ON CONFLICT DO NOTHING',
    [key],
  );
  const { rows } = await client.query<{ minutes: number }>(
    `SELECT ceil(greatest(extract(epoch FROM coalesce(locked_until, now()) - now()), 0) / 60)::int AS minutes
     FROM sign_in_brakes WHERE key = $1 FOR UPDATE`,
    [key],
  );
  return rows[0]?.minutes ?? 0;
}

/** @returns the minutes it is locked for from now on, should this try fail. */
async function count(client: PoolClient, { kind, key }: Brake): Promise<number> {
  const { rows } = await client.query<{ failures: number }>(
    'UPDATE sign_in_brakes SET failures = failures + 1, last_at = now() WHERE key = $1 RETURNING failures',
    [key],
  );
  const ms = lockMs(kind, rows[0]?.failures ?? 1);
  if (ms > 0)
    await client.query('UPDATE sign_in_brakes SET locked_until = now() + make_interval(secs => $2) WHERE key = $1', [
      key,
      ms / 1000,
    ]);
  return ms / 60_000;
}
