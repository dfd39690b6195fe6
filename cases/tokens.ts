import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { inTransaction } from './transaction.ts';
import { holdWaysIn, requireWayIn, type WayIn } from './waysIn.ts';

export type NewToken = {
  readonly id: string;
  readonly tokenHash: string;
  readonly personId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
};
export type StoredToken = {
  readonly id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date;
};

/** Stores a token that its person made, on record, while what he came with is still good. @throws DomainError `unauthenticated` */
export function storeToken(deps: CaseDeps, way: WayIn, token: NewToken): Promise<StoredToken> {
  const { id, tokenHash, personId, name, scopes, expiresAt } = token;
  return inTransaction(deps, async (client) => {
    await holdWaysIn(client, personId);
    await requireWayIn(client, way);
    const { rows } = await client.query<StoredToken>(
      `INSERT INTO api_tokens (id, token_hash, person_id, name, scopes, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
       RETURNING id, name, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt"`,
      [id, tokenHash, personId, name, scopes, expiresAt],
    );
    await appendAudit(client, { act: 'token.made', actorId: personId, codes: { tokenId: id, scopes } });
    return { result: rows[0] as StoredToken, doorbell: null };
  });
}
