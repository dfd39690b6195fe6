import type { Pool, PoolClient } from 'pg';
import { defaultPolicy, type Policy, type PolicyValues } from '../domain/policy.ts';

// A policy version never changes, so what was read once holds for the life of the process.
const known = new Map<number, Policy>();

/** The policy a case began with. */
export async function loadPolicy(database: Pool | PoolClient, version: number): Promise<Policy> {
  const cached = known.get(version);
  if (cached) return cached;
  const { rows } = await database.query<{ values: Partial<PolicyValues> }>(
    'SELECT values FROM policy_versions WHERE version = $1',
    [version],
  );
  const stored = rows[0]?.values;
  if (!stored) throw new Error(`policy version ${version} is missing`);
  // A version older than a value, as a new process brings it, has the standard one.
  const policy = { version, values: { ...defaultPolicy, ...stored } };
  known.set(version, policy);
  return policy;
}

/** The version in force now: the newest whose time has come, without those withdrawn before it. */
export const VERSION_IN_FORCE = `SELECT version FROM policy_versions p WHERE effective_from <= now()
  AND NOT EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.version = p.version) ORDER BY effective_from DESC, version DESC LIMIT 1`;

export async function currentPolicy(database: Pool | PoolClient): Promise<Policy> {
  const { rows } = await database.query<{ version: number }>(VERSION_IN_FORCE);
  return policyInForce(database, rows[0]?.version ?? null);
}

/** The policy of what VERSION_IN_FORCE gave. */
export async function policyInForce(database: Pool | PoolClient, version: number | null): Promise<Policy> {
  if (version === null) throw new Error('no policy version is in force; load one with the seed or POST /policies');
  return loadPolicy(database, version);
}
