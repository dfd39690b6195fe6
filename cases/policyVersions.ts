import { DomainError } from '../domain/errors.ts';
import type { PolicyValues } from '../domain/policy.ts';
import { ringAccounts } from './accountBell.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { inTransaction } from './transaction.ts';

const POLICY_LOCK = 7_310_211;

export type NewPolicyVersion = {
  readonly personId: string;
  readonly effectiveFrom: Date;
  readonly note: string;
  readonly values: PolicyValues;
  /** The newest version its author had before him, where he says so. */
  readonly basedOn?: number | undefined;
};

/**
 * Sets a version that takes effect later. It holds every value, so one made on an older state would undo what was set meanwhile.
 * @throws DomainError `invalid` for an instant that has passed, `policyChanged` where another version was set or withdrawn meanwhile
 */
export async function setPolicy(
  deps: CaseDeps,
  given: NewPolicyVersion,
  keep?: Keep<{ version: number }>,
): Promise<{ version: number }> {
  const { personId, effectiveFrom, note, values, basedOn } = given;
  return inTransaction(deps, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [POLICY_LOCK]);
    // Checked when the lock is held, by the database's clock, which all share: a version in force never changes.
    const clock = await client.query<{ isLater: boolean }>('SELECT $1::timestamptz > clock_timestamp() AS "isLater"', [
      effectiveFrom,
    ]);
    if (!clock.rows[0]?.isLater)
      throw new DomainError('invalid', { field: 'effectiveFrom', reason: 'notLater' }, 'effectiveFrom');
    const newest = await client.query<{ version: number }>(
      `SELECT max(version) AS version FROM policy_versions p WHERE NOT EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.version = p.version)`,
    );
    if (basedOn !== undefined && newest.rows[0]?.version !== basedOn)
      throw new DomainError('policyChanged', { version: newest.rows[0]?.version ?? 0 });
    const { rows } = await client.query<{ version: number }>(
      `INSERT INTO policy_versions (version, effective_from, values, note, created_by)
       SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4 FROM policy_versions RETURNING version`,
      [effectiveFrom, JSON.stringify(values), note, personId],
    );
    const version = rows[0]?.version ?? 0;
    const codes = { version, effectiveFrom: effectiveFrom.toISOString() };
    await appendAudit(client, { act: 'policy.set', actorId: personId, codes });
    // Accounts go by the policy in force, whatever it was when they began: they sleep until it changes at the latest.
    await ringAccounts(client);
    await keep?.(client, { version });
    return { result: { version }, doorbell: null };
  });
}

/**
 * Takes a version back before it takes effect, by a further record; the version stays where it is.
 * @throws DomainError `notFound`, `policyInForce` for one that is in force or was withdrawn before
 */
export async function withdrawPolicy(
  deps: CaseDeps,
  { personId, version, note }: { readonly personId: string; readonly version: number; readonly note: string },
  keep?: Keep<void>,
): Promise<void> {
  await inTransaction(deps, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [POLICY_LOCK]);
    const { rows } = await client.query<{ pending: boolean }>(
      `SELECT effective_from > clock_timestamp() AND NOT EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.version = p.version) AS pending
       FROM policy_versions p WHERE version = $1`,
      [version],
    );
    if (!rows[0]) throw new DomainError('notFound');
    if (!rows[0].pending) throw new DomainError('policyInForce', { version });
    await client.query('INSERT INTO policy_withdrawals (version, note, withdrawn_by) VALUES ($1, $2, $3)', [
      version,
      note,
      personId,
    ]);
    await appendAudit(client, { act: 'policy.withdrawn', actorId: personId, codes: { version } });
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
}
