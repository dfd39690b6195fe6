import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { DataKey } from '../platform/cipher.ts';

/** One act of one person under one Idempotency-Key. `target` names what it acts on: `task:<id>`, `case:<id>:withdraw`. */
export type Act = { readonly personId: string; readonly target: string; readonly key: string; readonly body: unknown };

/**
 * The digest of what was asked, so that the same key with another body is noticed. With a case's data key nothing can be read
 * from it; without, whoever can guess the body can tell it, and a vote has three.
 */
export function bodyHash(body: unknown, key?: DataKey): string {
  const hash = key ? createHmac('sha256', hashKeyOf(key)) : createHash('sha256');
  return hash.update(JSON.stringify(sorted(body))).digest('base64url');
}

const hashKeys = new WeakMap<DataKey, KeyObject>();

function hashKeyOf(key: DataKey): KeyObject {
  const known = hashKeys.get(key);
  if (known) return known;
  const made = createSecretKey(Buffer.from(hkdfSync('sha256', key.secret, '', 'body hash', 32)));
  hashKeys.set(key, made);
  return made;
}

/** Bound to its act: two who voted alike are not to be told by their digests. */
const digest = (act: Act, key?: DataKey): string => bodyHash([act.personId, act.target, act.key, act.body], key);

/** An answer as it is stored. */
export type KeptAnswer = { readonly bodyHash: string; readonly response: unknown };

/** The answer that was kept for this act; `key` is the case's, for an act on a case. @throws DomainError `keyReused` */
export function answerTo<Answer>(kept: KeptAnswer | null, act: Act, key?: DataKey): Answer | null {
  if (!kept) return null;
  if (kept.bodyHash !== digest(act, key)) throw new DomainError('keyReused');
  return kept.response as Answer;
}

/** The answer given before to this act, or null. @throws DomainError `keyReused` */
export async function answered<Answer>(client: Pool | PoolClient, act: Act, key?: DataKey): Promise<Answer | null> {
  const { rows } = await client.query<KeptAnswer>({
    name: 'answered',
    text: 'SELECT body_hash AS "bodyHash", response FROM idempotency_keys WHERE actor_id = $1 AND target = $2 AND key = $3 AND status = 200',
    values: [act.personId, act.target, act.key],
  });
  return answerTo<Answer>(rows[0] ?? null, act, key);
}

/** The row that keeps an answer, written in the act's own transaction. */
export const answerRow = (act: Act, response: unknown, key: DataKey): object => ({
  actorId: act.personId,
  target: act.target,
  key: act.key,
  bodyHash: digest(act, key),
  status: 200,
  response,
});

/** How long a key stays taken for work of which nothing is heard. Who took it and is only slow finds it taken over, and does nothing. */
const TAKEN_SECONDS = 10;

/**
 * Takes a key for work that is done in a transaction to come. A reservation whose holder died is taken over after `TAKEN_SECONDS`.
 * @returns whether it is ours. @throws DomainError `keyReused` when another body holds it
 */
export async function reserve(pool: Pool, act: Act, key: DataKey): Promise<boolean> {
  const { rows } = await pool.query<{ body_hash: string; ours: boolean }>(
    `WITH taken AS (
       INSERT INTO idempotency_keys AS k (actor_id, target, key, body_hash, status, response) VALUES ($1, $2, $3, $4, 0, 'null')
       ON CONFLICT (actor_id, target, key) DO UPDATE SET at = now() WHERE k.status = 0 AND k.body_hash = $4 AND k.at < now() - make_interval(secs => $5)
       RETURNING body_hash)
     SELECT body_hash, true AS ours FROM taken
     UNION ALL SELECT body_hash, false FROM idempotency_keys WHERE actor_id = $1 AND target = $2 AND key = $3 ORDER BY ours DESC LIMIT 1`,
    [act.personId, act.target, act.key, digest(act, key), TAKEN_SECONDS],
  );
  const [row] = rows;
  if (row && row.body_hash !== digest(act, key)) throw new DomainError('keyReused');
  return row?.ours ?? false;
}

/**
 * Keeps the answer of reserved work, in the work's own transaction, so that there is no moment between the two.
 * @throws DomainError `unavailable` where another took the key over and has kept his answer, or given it back: this work is to be undone
 */
export async function keepReserved(client: PoolClient, act: Act, response: unknown): Promise<void> {
  const { rowCount } = await client.query(
    'UPDATE idempotency_keys SET status = 200, response = $4 WHERE actor_id = $1 AND target = $2 AND key = $3 AND status = 0',
    [act.personId, act.target, act.key, JSON.stringify(response)],
  );
  if (rowCount === 0) throw new DomainError('unavailable');
}

/** Keeps the answer to an act in the transaction on whose connection it is called; `void` for one that answers no more than that it is done. */
export type Keep<Answer> = (client: PoolClient, answer: Answer) => Promise<void>;

/** Gives a reserved key back: nothing was done under it. One whose answer is kept stays: the commit may have taken place all the same. */
export async function release(pool: Pool, act: Act): Promise<void> {
  await pool.query('DELETE FROM idempotency_keys WHERE actor_id = $1 AND target = $2 AND key = $3 AND status = 0', [
    act.personId,
    act.target,
    act.key,
  ]);
}

/** Keys in one order, so that the same content has the same digest however it was spelled. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
