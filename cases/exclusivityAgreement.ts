import type { PoolClient } from 'pg';
import type { KeyStore } from '../platform/keyStore.ts';
import { openCheck, receiptHash } from './exclusivityChecks.ts';
import { openNearMatch } from './nearMatches.ts';

/** What does not agree in what was asked about clients (Article 7.3), and how many sealed values were opened. */
export async function exclusivityProblems(
  client: PoolClient,
  keys: KeyStore,
): Promise<{
  readonly opened: number;
  readonly receipts: readonly Problem[];
  readonly secrets: readonly Problem[];
}> {
  const receipts: Problem[] = [];
  const secrets: Problem[] = [];
  const { rows } = await client.query<StoredCheck>(
    `SELECT c.id, c.receipt_no AS "receiptNo", c.kind, c.person_id AS "personId", c.unit_id AS "unitId", c.case_id AS "caseId", c.at, c.key_hashes AS "keyHashes",
       c.outcome, c.secret, c.hash, e.codes FROM exclusivity_checks c LEFT JOIN audit_entries e ON e.stream = c.audit_stream AND e.seq = c.audit_seq ORDER BY c.id`,
  );
  for (const row of rows) {
    const at = `check ${row.id}`;
    await openCheck(keys, row.id, row.secret).catch(() => secrets.push({ at, problem: 'does not decrypt' }));
    const problem = receiptProblem(row);
    if (problem) receipts.push({ at, problem });
  }
  const near = await client.query<{ id: string; secret: Buffer }>('SELECT id, secret FROM near_matches ORDER BY id');
  for (const { id, secret } of near.rows)
    await openNearMatch(keys, id, secret).catch(() =>
      secrets.push({ at: `near match ${id}`, problem: 'does not decrypt' }),
    );
  return { opened: rows.length + near.rows.length, receipts, secrets };
}

type Problem = { readonly at: string; readonly problem: string };

type StoredCheck = {
  readonly id: string;
  readonly receiptNo: number | null;
  readonly kind: string;
  readonly personId: string;
  readonly unitId: string;
  readonly caseId: string | null;
  readonly at: Date;
  readonly keyHashes: readonly string[];
  readonly outcome: string;
  readonly secret: Buffer;
  readonly hash: Buffer | null;
  readonly codes: { readonly receiptNo?: number; readonly receiptHash?: string } | null;
};

/** A receipt says what its hash says, and its hash is the audit chain's. */
function receiptProblem({ receiptNo, kind, at, hash, codes, id: _, secret: __, ...told }: StoredCheck): string | null {
  if (codes === null) return 'its audit entry is gone';
  if (receiptNo === null || kind === 'typed') return null;
  const content = { ...told, receiptNo, kind, at: at.toISOString() } as Parameters<typeof receiptHash>[0];
  const expected = receiptHash(content).toString('hex');
  if (hash?.toString('hex') !== expected) return 'does not say what its hash says';
  return codes.receiptHash === expected && codes.receiptNo === receiptNo ? null : 'the audit chain has another hash';
}
