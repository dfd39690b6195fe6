import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';

/** One act of one person under one Idempotency-Key. `target` names what it acts on: `task:<id>`, `case:<id>:withdraw`. */
export type Act = { readonly personId: string; readonly target: string; readonly key: string; readonly body: unknown };

/** The digest of what was asked, so that the same key with another body is noticed. Nothing can be read from it. */
export const bodyHash = (body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(body)))
    .digest('base64url');

/** The answer given before to this act, or null. @throws DomainError `keyReused` */
export async function answered<Answer>(client: PoolClient, act: Act): Promise<Answer | null> {
  const { rows } = await client.query<{ body_hash: string; response: Answer }>({
    name: 'answered',
    text: 'SELECT body_hash, response FROM idempotency_keys WHERE actor_id = $1 AND target = $2 AND key = $3',
    values: [act.personId, act.target, act.key],
  });
  const found = rows[0];
  if (!found) return null;
  if (found.body_hash !== bodyHash(act.body)) throw new DomainError('keyReused');
  return found.response;
}

/** Keeps the answer, in the act's own transaction. */
export async function keepAnswer(client: PoolClient, act: Act, response: unknown): Promise<void> {
  await client.query({
    name: 'keep-answer',
    text: 'INSERT INTO idempotency_keys (actor_id, target, key, body_hash, status, response) VALUES ($1, $2, $3, $4, 200, $5)',
    values: [act.personId, act.target, act.key, bodyHash(act.body), JSON.stringify(response)],
  });
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
