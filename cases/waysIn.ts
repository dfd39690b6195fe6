import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';

/** The session or the token somebody came with. */
export type WayIn = { readonly sessionId: string | null; readonly tokenId: string | null };

/**
 * Until the transaction ends nobody ends the person's ways in, for whoever does holds his row for himself: what is opened or changed under
 * this was allowed when it was written. A statement of its own: only the next one sees what was committed while it waited.
 * @throws DomainError `unauthenticated` for one who left
 */
export async function holdWaysIn(client: PoolClient, personId: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM persons WHERE id = $1 AND active FOR SHARE', [personId]);
  if (rowCount === 0) throw new DomainError('unauthenticated');
}

/** He is still in by what he came with; asked under `holdWaysIn`. @throws DomainError `unauthenticated` */
export async function requireWayIn(client: PoolClient, { sessionId, tokenId }: WayIn): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM sessions WHERE id = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()
     UNION ALL SELECT 1 FROM api_tokens WHERE id = $2 AND revoked_at IS NULL AND expires_at > clock_timestamp()`,
    [sessionId, tokenId],
  );
  if (rowCount === 0) throw new DomainError('unauthenticated');
}

/**
 * What he proved himself by a moment ago lets him in still: a link, or a local password that has not expired; asked under `holdWaysIn`.
 * @throws DomainError `signInExpired`
 */
export async function requireMethod(client: PoolClient, personId: string, method: string): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM identities i WHERE i.person_id = $1 AND i.method = $2 AND NOT EXISTS (
       SELECT 1 FROM local_credentials c WHERE c.person_id = i.person_id AND i.method = 'local' AND c.expires_at <= clock_timestamp())`,
    [personId, method],
  );
  if (rowCount === 0) throw new DomainError('signInExpired');
}

/** Ends every session and every token of a person at once. */
export async function endSessionsAndTokens(client: PoolClient, personId: string): Promise<void> {
  for (const table of ['sessions', 'api_tokens'])
    await client.query(`UPDATE ${table} SET revoked_at = now() WHERE person_id = $1 AND revoked_at IS NULL`, [
      personId,
    ]);
}
