import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../domain/errors.ts';
import type { KeyStore } from '../platform/keyStore.ts';

/** Cursors that hold a token of Temporal's, signed with a key of the system: any process takes what another gave out, and nothing made up. */
export function signedCursors(keys: KeyStore) {
  return { cursorOf, tokenOf };

  /** A token of the server with a signature: one it never gave out would make it search until the deadline. */
  async function cursorOf(token: Uint8Array | null | undefined): Promise<string | null> {
    if (!token || token.length === 0) return null;
    return `${Buffer.from(token).toString('base64url')}.${(await signature(token)).toString('base64url')}`;
  }

  /** @throws DomainError `invalid` for a cursor this API did not give out */
  async function tokenOf(cursor: string | undefined): Promise<Uint8Array> {
    const [text = '', sum = ''] = cursor?.split('.') ?? [];
    const token = Buffer.from(text, 'base64url');
    if (cursor === undefined) return token;
    const [given, wanted] = [Buffer.from(sum, 'base64url'), await signature(token)];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
      throw new DomainError('invalid', { field: 'cursor', reason: 'nextCursor' }, 'cursor');
    return token;
  }

  async function signature(token: Uint8Array): Promise<Buffer> {
    const { secret } = await keys.getOrCreate('temporal');
    return createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'cursor', 32)))
      .update(token)
      .digest();
  }
}
