import type { PoolClient } from 'pg';
import { nearKey, normaliseName } from '../domain/clientName.ts';
import { normaliseUscc } from '../domain/uscc.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { bodyHash } from './idempotency.ts';

/** What exclusivity is held on: the code of a legal entity, and its full names, present and former. */
export const codeKey = (code: string): string => `uscc:${normaliseUscc(code)}`;
export const nameKey = (name: string): string => `name:${normaliseName(name)}`;

/** What near spellings meet under; null for the key of a code, which has none. */
export const nearKeyOf = (key: string): string | null =>
  key.startsWith('name:') ? nearKey(key.slice('name:'.length)) : null;

/**
 * Nobody takes or asks about one of these keys until the transaction ends, but for those who share the lock, so that a check and a submission at
 * one instant come one after the other. In the order of the keys, so that two never wait for each other crosswise.
 */
export async function lockKeys(client: PoolClient, keys: readonly string[], how: 'alone' | 'shared'): Promise<void> {
  await client.query(
    `SELECT ${how === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared'}(hashtextextended(key, 7)) FROM (SELECT unnest($1::text[]) AS key ORDER BY 1) keys`,
    [[...keys]],
  );
}

/** The keyed hash of a client's key: tells whether two are the same, and nothing else. */
export type KeyHash = (key: string) => string;

/** The scope of the key under which checks, and what is judged of near names, are sealed and hashed. */
export const EXCLUSIVITY = 'exclusivity';

export async function keyHash(keys: KeyStore): Promise<KeyHash> {
  const key = await keys.getOrCreate(EXCLUSIVITY);
  return (given) => bodyHash(given, key);
}
