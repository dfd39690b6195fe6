import type { PoolClient } from 'pg';

/**
 * What does not agree between the decisions on members and what stands in the register and the holdings (Article 7.3): whoever came
 * last is in the group and covered by every holding of the account, whoever left is neither.
 */
export async function membershipProblems(
  client: PoolClient,
): Promise<readonly { readonly at: string; readonly problem: string }[]> {
  const { rows } = await client.query<{ caseId: string; problem: string }>(
    `WITH latest AS (
       SELECT DISTINCT ON (m.entity_id) m.case_id, m.account_id, m.client_id, m.change, m.entity_id, e.entity_key,
         e.client_id = m.client_id AND e.valid_to IS NULL AS belongs
       FROM memberships m JOIN cases c ON c.id = m.case_id LEFT JOIN legal_entities e ON e.id = m.entity_id
       WHERE c.state = 'changed' ORDER BY m.entity_id, c.closed_at DESC),
     held AS (
       SELECT l.case_id, h.id AS holding_id, EXISTS (SELECT 1 FROM holding_entities x WHERE x.holding_id = h.id AND x.entity_key = l.entity_key AND x.valid_to IS NULL) AS covers
       FROM latest l JOIN holdings h ON h.account_id = l.account_id AND h.valid_to IS NULL)
     SELECT case_id AS "caseId", 'its member is not in the group' AS problem FROM latest WHERE change = 'add' AND belongs IS NOT TRUE
     UNION ALL SELECT case_id, 'its member is in the group still' FROM latest WHERE change = 'remove' AND belongs
     UNION ALL SELECT l.case_id, 'holding ' || h.holding_id || ' does not cover its member' FROM latest l JOIN held h USING (case_id) WHERE l.change = 'add' AND NOT h.covers
     UNION ALL SELECT l.case_id, 'holding ' || h.holding_id || ' covers its member still' FROM latest l JOIN held h USING (case_id) WHERE l.change = 'remove' AND h.covers
     ORDER BY 1, 2`,
  );
  return rows.map(({ caseId, problem }) => ({ at: `case ${caseId}`, problem }));
}
