import type { PoolClient } from 'pg';
import { type KeyHash, nameKey } from './entityKeys.ts';

/** What persons have judged of names asked for (7.3): which clients and recommendations they are the same as, and what need not be asked again. */
export type Judgements = {
  readonly same: { readonly clientIds: readonly string[]; readonly caseIds: readonly string[] };
  /** Whether a near name was judged already, or another name of the same client. */
  isSettled(askedHash: string, near: NearKey, hash: KeyHash): boolean;
};

type NearKey = { readonly name: string; readonly clientId: string | null; readonly caseId: string | null };

export async function judgementsOn(client: PoolClient, askedHashes: readonly string[]): Promise<Judgements> {
  const { rows } = await client.query<{
    asked: string;
    near: string;
    clientId: string | null;
    caseId: string | null;
    verdict: string;
  }>(
    `SELECT asked_hash AS asked, near_hash AS near, client_id AS "clientId", near_case_id AS "caseId", verdict FROM near_matches
     WHERE asked_hash = ANY ($1) AND state = 'judged'`,
    [askedHashes],
  );
  const same = rows.filter(({ verdict }) => verdict === 'same');
  return {
    same: {
      clientIds: same.flatMap(({ clientId }) => clientId ?? []),
      caseIds: same.flatMap(({ caseId }) => caseId ?? []),
    },
    isSettled: (askedHash, near, hash) =>
      rows.some(
        (row) =>
          row.asked === askedHash &&
          (row.near === hash(nameKey(near.name)) ||
            (near.clientId !== null && row.clientId === near.clientId) ||
            (near.caseId !== null && row.caseId === near.caseId)),
      ),
  };
}
