import { hasRole } from '../../cases/actor.ts';
import { appendAudit } from '../../cases/audit.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { DomainError } from '../../domain/errors.ts';
import { type PolicyKey, parsePolicy, policyDefinitions } from '../../domain/policy.ts';
import type { PolicyVersion } from '../../prisma/generated/client.ts';
import { type PolicySummary, type PolicyView, policyRoutes as routes } from '../contract/policies.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { timeOf } from '../views/days.ts';
import { loadNames, type Names } from '../views/names.ts';
import { whole } from '../views/pages.ts';

const POLICY_LOCK = 7_310_211;

/** The versions of the policy; one is set by the head of the office and takes effect later, never backwards. */
export function mountPolicies({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.policies, async () => {
    const versions = await prisma.policyVersion.findMany({ orderBy: [{ effectiveFrom: 'desc' }, { version: 'desc' }] });
    const names = await loadNames(prisma, { persons: versions.map((row) => row.createdBy) });
    const current = currentOf(versions);
    return whole(versions.map((row) => summaryOf(row, current, names)));
  });

  on(routes.policy, async ({ params }) => {
    const versions = await prisma.policyVersion.findMany({ orderBy: [{ effectiveFrom: 'desc' }, { version: 'desc' }] });
    const current = currentOf(versions);
    const wanted = params.version === 'current' ? current : Number(params.version);
    const row = versions.find((each) => each.version === wanted);
    if (!row) throw new DomainError('notFound');
    const names = await loadNames(prisma, { persons: [row.createdBy] });
    const stored = row.values as Record<string, PolicyView['values'][number]['value']>;
    return {
      ...summaryOf(row, current, names),
      values: (Object.keys(policyDefinitions) as PolicyKey[]).map((key) => {
        const { basis, zh, en, value } = policyDefinitions[key];
        return { key, value: stored[key] ?? (value as PolicyView['values'][number]['value']), basis, zh, en };
      }),
    };
  });

  on(routes.createPolicy, async ({ actor, body, key }) => {
    const office = await prisma.unit.findFirst({ where: { kind: 'office', dissolvedOn: null } });
    if (!office || !hasRole(actor, 'unitHead', office.id))
      throw new DomainError('forbidden', { needed: '经营部负责人' });
    const values = parsePolicy(body.values);
    const effectiveFrom = new Date(body.effectiveFrom);
    const { personId } = actor;
    return once(deps, { personId, target: 'policies', key, body }, () =>
      inTransaction(deps, async (client) => {
        await client.query('SELECT pg_advisory_xact_lock($1)', [POLICY_LOCK]);
        // Checked when the lock is held: a version in force never changes.
        if (effectiveFrom.getTime() <= Date.now())
          throw new DomainError('invalid', { field: 'effectiveFrom', reason: '须晚于当前时间' }, 'effectiveFrom');
        const { rows } = await client.query<{ version: number }>(
          `INSERT INTO policy_versions (version, effective_from, values, note, created_by)
           SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4 FROM policy_versions RETURNING version`,
          [effectiveFrom, JSON.stringify(values), body.note, personId],
        );
        const version = rows[0]?.version ?? 0;
        await appendAudit(client, {
          act: 'policy.set',
          actorId: personId,
          codes: { version, effectiveFrom: body.effectiveFrom },
        });
        return { result: { version }, doorbell: null };
      }),
    );
  });
}

/** The version in force: the newest whose time has come; the list is in that order. */
const currentOf = (versions: readonly PolicyVersion[]): number | null =>
  versions.find((row) => row.effectiveFrom.getTime() <= Date.now())?.version ?? null;

const summaryOf = (row: PolicyVersion, current: number | null, names: Names): PolicySummary => ({
  version: row.version,
  effectiveFrom: timeOf(row.effectiveFrom),
  current: row.version === current,
  note: row.note,
  createdBy: names.personOrNull(row.createdBy),
  createdAt: timeOf(row.createdAt),
});
