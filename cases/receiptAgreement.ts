import type { PoolClient } from 'pg';

/** The receipts that were given for acts on cases, against the facts they name. */
export type StoredReceipts = {
  readonly given: number;
  /** Receipts whose fact is not there, or is another's or of another task. */
  readonly without: readonly Place[];
  /** Facts that were acknowledged more than once, each as an act of its own. */
  readonly repeated: readonly (Place & { readonly times: number })[];
};

type Place = { readonly caseId: string; readonly seq: number };

const RECEIPTS = `SELECT k.actor_id, k.target, k.response->>'caseId' AS case_id, (k.response->>'seq')::int AS seq FROM idempotency_keys k
  WHERE k.status = 200 AND jsonb_typeof(k.response) = 'object' AND k.response ?& ARRAY['caseId', 'seq']`;

export async function loadReceipts(client: PoolClient): Promise<StoredReceipts> {
  const all = async <Row>(text: string): Promise<Row[]> => (await client.query(text)).rows as Row[];
  const [count] = await all<{ given: number }>(`SELECT count(*)::int AS given FROM (${RECEIPTS}) r`);
  return {
    given: count?.given ?? 0,
    without: await all<Place>(
      `SELECT r.case_id AS "caseId", r.seq FROM (${RECEIPTS}) r LEFT JOIN facts f ON f.case_id = r.case_id AND f.seq = r.seq
       WHERE f.seq IS NULL OR f.actor_id IS DISTINCT FROM r.actor_id OR (r.target LIKE 'task:%' AND f.task_id IS DISTINCT FROM split_part(r.target, ':', 2))
       ORDER BY 1, 2`,
    ),
    repeated: await all<Place & { times: number }>(
      `SELECT r.case_id AS "caseId", r.seq, count(*)::int AS times FROM (${RECEIPTS}) r GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1, 2`,
    ),
  };
}

/** Whoever was told that his act is taken finds it on record, as his own and once. Pure. */
export function receiptProblems({ without, repeated }: StoredReceipts): { at: string; problem: string }[] {
  return [
    ...without.map(({ caseId, seq }) => ({
      at: `case ${caseId}`,
      problem: `fact ${seq} was acknowledged, and is not there as such`,
    })),
    ...repeated.map(({ caseId, seq, times }) => ({
      at: `case ${caseId}`,
      problem: `fact ${seq} was acknowledged as ${times} acts`,
    })),
  ];
}
