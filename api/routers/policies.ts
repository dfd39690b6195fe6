import { type Actor, hasRole } from '../../cases/actor.ts';
import { currentPolicy, loadPolicy } from '../../cases/policies.ts';
import { setPolicy, withdrawPolicy } from '../../cases/policyVersions.ts';
import { DomainError } from '../../domain/errors.ts';
import { parsePolicy } from '../../domain/policy.ts';
import { policyRoutes as routes } from '../contract/policies.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import { recordCampaignReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { foresee } from '../views/foresight/foresight.ts';
import { whole } from '../views/pages.ts';
import { policyVersions, policyView } from '../views/policyViews.ts';

/** The versions of the policy; one is set by the head of the office and takes effect later, never backwards. */
export function mountPolicies({ on }: Routing, deps: ApiDeps): void {
  on(routes.policies, async () => whole(await policyVersions(deps.prisma)));

  on(routes.policy, async ({ params }) => {
    const view = await policyView(deps.prisma, params.version === 'current' ? null : Number(params.version));
    if (!view) throw new DomainError('notFound');
    return view;
  });

  on(routes.createPolicy, async ({ actor, body, key }) => {
    await requireOfficeHead(deps, actor);
    const values = parsePolicy(body.values);
    const { personId } = actor;
    const { note, basedOn } = body;
    const version = { personId, effectiveFrom: new Date(body.effectiveFrom), note, values, basedOn };
    return once<{ version: number }>(deps, { personId, target: 'policies', key, body }, (keep) =>
      setPolicy(deps, version, keep),
    );
  });

  on(routes.previewPolicy, async ({ actor, body }) => {
    // Who reads nearly all cases anyway: the committee and the office.
    if (actor.seats.length === 0 && !hasRole(actor, 'office'))
      throw new DomainError('forbidden', { needed: 'office, committee' });
    const { values: current } = await currentPolicy(deps.pool);
    const values = 'values' in body ? parsePolicy(body.values) : await valuesOf(deps, body.version);
    const foresight = await foresee(deps, actor, { values, current });
    await recordCampaignReading(deps, actor, foresight.year, 'foresight');
    return foresight;
  });

  on(routes.withdrawPolicy, async ({ actor, params, body, key }) => {
    await requireOfficeHead(deps, actor);
    const { personId } = actor;
    return doneOnce(deps, { personId, target: `policy:${params.version}:withdraw`, key, body }, (keep) =>
      withdrawPolicy(deps, { personId, version: Number(params.version), note: body.note }, keep),
    );
  });
}

async function requireOfficeHead({ prisma }: ApiDeps, actor: Actor): Promise<void> {
  const office = await prisma.unit.findFirst({ where: { kind: 'office', dissolvedOn: null } });
  if (!office || !hasRole(actor, 'unitHead', office.id)) throw new DomainError('forbidden', { needed: 'officeHead' });
}

async function valuesOf({ prisma, pool }: ApiDeps, version: number) {
  const found = await prisma.policyVersion.findUnique({ where: { version }, select: { version: true } });
  if (!found) throw new DomainError('notFound');
  return (await loadPolicy(pool, version)).values;
}
