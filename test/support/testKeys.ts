import { createSecretKey, hkdfSync } from 'node:crypto';
import type { DataKey } from '../../platform/cipher.ts';
import { type KeyStore, KeyStoreError } from '../../platform/keyStore.ts';

/** The seed of the saved histories. Committed on purpose: what is sealed under it is test data. */
export const HISTORIES_SEED = 'saved test histories, release 1';

/** A key store in memory whose keys follow from a seed, so that what was sealed in one test run opens in every other. */
export function testKeys(seed: string = HISTORIES_SEED): KeyStore {
  const destroyed = new Set<string>();
  const derive = (purpose: string, scope: string, length: number) =>
    Buffer.from(hkdfSync('sha256', seed, purpose, scope, length));

  async function get(scope: string): Promise<DataKey> {
    if (destroyed.has(scope)) throw new KeyStoreError('keyDestroyed', `The key of ${scope} was destroyed`);
    const secret = createSecretKey(derive('secret', scope, 32));
    return { id: derive('id', scope, 16).toString('hex'), scope, algorithm: 'A256GCM', secret };
  }

  return {
    create: get,
    get,
    getOrCreate: get,
    async destroy(scope) {
      destroyed.add(scope);
    },
  };
}
