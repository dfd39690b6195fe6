import type { PoolClient } from 'pg';

/** A case's policy version was in force when it was first submitted; of a transaction just then, the one before may have been. */
const WRONG_VERSION = `SELECT f.case_id AS id, c.policy_version AS version FROM cases c
  CROSS JOIN LATERAL (SELECT case_id, at FROM facts WHERE case_id = c.id AND kind = 'submitted' ORDER BY seq LIMIT 1) f
  WHERE c.policy_version NOT IN (SELECT version FROM (VALUES (f.at), (f.at - interval '1 minute')) t(at) CROSS JOIN LATERAL
    (SELECT version FROM policy_versions p WHERE p.effective_from <= t.at
      AND NOT EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.version = p.version) ORDER BY effective_from DESC, version DESC LIMIT 1) inforce)
  ORDER BY f.case_id`;

export async function policyProblems(client: PoolClient): Promise<{ at: string; problem: string }[]> {
  const { rows } = await client.query<{ id: string; version: number }>(WRONG_VERSION);
  return rows.map(({ id, version }) => ({
    at: `case ${id}`,
    problem: `policy version ${version} was not in force when it was submitted`,
  }));
}
