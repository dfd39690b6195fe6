import type { PoolClient } from 'pg';

export type HolderProblem = { readonly at: string; readonly problem: string };

/**
 * Each holding rests on a decision of a case that is about its account; lead holdings of an account follow on each other without a gap, vacant
 * or not; an account says that it is vacant when its lead holding is; what a reassignment came to is what the holdings say; and a co-holding
 * stays one, and ends by a decision.
 */
export async function holderProblems(client: PoolClient): Promise<HolderProblem[]> {
  const found = async (problem: string, sql: string): Promise<HolderProblem[]> =>
    (await client.query<{ at: string }>(sql)).rows.map(({ at }) => ({ at, problem }));
  return [
    ...(await found(
      'rests on no decision about its account',
      `SELECT 'holding ' || h.id AS at FROM holdings h JOIN accounts a ON a.id = h.account_id WHERE h.decision_case_id <> a.decision_case_id
         AND NOT EXISTS (SELECT 1 FROM case_accounts x WHERE x.account_id = h.account_id AND x.case_id = h.decision_case_id) ORDER BY h.id`,
    )),
    ...(await found(
      'its lead holdings leave a gap',
      `SELECT 'account ' || h.account_id AS at FROM holdings h JOIN accounts a ON a.id = h.account_id
       WHERE h.kind = 'lead' AND h.valid_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM holdings n WHERE n.account_id = h.account_id
           AND n.kind = 'lead' AND n.valid_from = h.valid_to)
         AND (a.state <> 'terminated' OR EXISTS (SELECT 1 FROM holdings l WHERE l.account_id = h.account_id AND l.kind = 'lead' AND l.valid_from > h.valid_to))
       ORDER BY 1`,
    )),
    ...(await found(
      'is vacant in one place and not in the other',
      `SELECT 'account ' || a.id AS at FROM accounts a JOIN holdings h ON h.account_id = a.id AND h.kind = 'lead' AND h.valid_to IS NULL
       WHERE a.state <> 'terminated' AND (a.state = 'vacant') <> (h.manager_id IS NULL) ORDER BY a.id`,
    )),
    ...(await found(
      'changed hands otherwise than its facts tell',
      `SELECT 'holding ' || h.id AS at FROM holdings h JOIN cases c ON c.id = h.decision_case_id AND c.process = 'reassignment'
       WHERE NOT EXISTS (SELECT 1 FROM facts f WHERE f.case_id = c.id AND f.kind = 'holderChanged' AND f.codes ->> 'holdingId' = h.id
           AND f.codes ->> 'unitId' = h.unit_id AND f.codes ->> 'managerId' IS NOT DISTINCT FROM h.manager_id) ORDER BY h.id`,
    )),
    ...(await found(
      'completed, and not held by whom it was given to',
      `SELECT 'case ' || c.id AS at FROM cases c JOIN reassignments r ON r.case_id = c.id AND r.replaces <> 'coHolding'
         JOIN reassignment_accounts x ON x.case_id = c.id JOIN accounts a ON a.id = x.account_id JOIN holdings o ON o.id = x.holding_id
         LEFT JOIN holdings h ON h.id = x.successor_id AND h.account_id = x.account_id AND h.decision_case_id = c.id
           AND (h.manager_id = x.nominee_id OR h.manager_id IS NULL)
       WHERE c.state = 'completed' AND h.id IS NULL AND (x.successor_id IS NOT NULL OR (a.state <> 'terminated' AND o.valid_to IS NULL)) ORDER BY 1`,
    )),
    ...(await found(
      'came to nothing, and a holding rests on it',
      `SELECT DISTINCT 'case ' || c.id AS at FROM cases c JOIN holdings h ON h.decision_case_id = c.id
       WHERE c.process = 'reassignment' AND (c.state = 'dismissed' OR (c.state = 'withdrawn'
         AND EXISTS (SELECT 1 FROM facts f WHERE f.case_id = c.id AND f.kind = 'withdrawn'))) ORDER BY 1`,
    )),
    ...(await found(
      'became another kind of holding as it changed hands',
      `SELECT 'holding ' || h.id AS at FROM holdings h JOIN facts f ON f.case_id = h.decision_case_id AND f.kind = 'holderChanged' AND f.codes ->> 'holdingId' = h.id
       JOIN holdings b ON b.id = f.codes ->> 'fromHoldingId' WHERE b.kind <> h.kind ORDER BY h.id`,
    )),
    ...(await found(
      'ended by no decision',
      `SELECT 'holding ' || h.id AS at FROM holdings h JOIN accounts a ON a.id = h.account_id
       WHERE h.kind = 'co' AND h.valid_to IS NOT NULL AND a.state <> 'terminated' AND NOT EXISTS (SELECT 1 FROM case_accounts x JOIN facts f ON f.case_id = x.case_id
           WHERE x.account_id = h.account_id AND ((f.kind = 'holderChanged' AND f.codes ->> 'fromHoldingId' = h.id)
             OR (f.codes ->> 'holdingId' = h.id AND (f.kind = 'holdingEnded' OR f.action = 'giveUp')))) ORDER BY h.id`,
    )),
    ...(await found(
      'ended a co-holding otherwise than the committee decided',
      `SELECT DISTINCT 'case ' || c.id AS at FROM reassignments r JOIN cases c ON c.id = r.case_id JOIN reassignment_accounts x ON x.case_id = c.id
         JOIN holdings h ON h.id = x.holding_id
         CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM facts f WHERE f.case_id = c.id AND f.kind = 'holdingEnded' AND f.codes ->> 'holdingId' = h.id) AS told) e
       WHERE r.replaces = 'coHolding' AND (h.kind <> 'co' OR (e.told AND h.valid_to IS NULL)
         OR (c.state IN ('handover', 'completed') AND c.ending IS NULL AND NOT e.told)
         OR (c.state IN ('admission', 'hearing', 'ending', 'dismissed') AND e.told)) ORDER BY 1`,
    )),
  ];
}
