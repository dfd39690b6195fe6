import { delegate, revokeDelegation } from '../../cases/delegations.ts';
import { delegationRoutes as routes } from '../contract/delegations.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { timeOf, timeOrNull } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { whole } from '../views/pages.ts';

/** 委托办理: what one gave, and what one was given. */
export function mountDelegations({ on }: Routing, deps: ApiDeps): void {
  on(routes.delegations, async ({ actor: { personId } }) => {
    const rows = await deps.prisma.delegation.findMany({
      where: { OR: [{ fromId: personId }, { toId: personId }] },
      orderBy: [{ validFrom: 'desc' }, { id: 'asc' }],
      take: 200,
    });
    const names = await loadNames(deps.prisma, { persons: rows.flatMap((row) => [row.fromId, row.toId]) });
    return whole(
      rows.map((row) => ({
        id: row.id,
        from: names.person(row.fromId),
        to: names.person(row.toId),
        taskId: row.taskId,
        kinds: row.kinds,
        validFrom: timeOf(row.validFrom),
        validTo: timeOf(row.validTo),
        revokedAt: timeOrNull(row.revokedAt),
      })),
    );
  });

  on(routes.delegate, async ({ actor: { personId }, body, key }) => {
    const { toId, kinds } = body;
    const period = { validFrom: new Date(body.validFrom), validTo: new Date(body.validTo) };
    return once(deps, { personId, target: 'delegations', key, body }, (keep) =>
      delegate(deps, { personId, toId, kinds, ...period }, keep),
    );
  });

  on(routes.revoke, async ({ actor, params }) => {
    await revokeDelegation(deps, actor.personId, params.id);
    return { done: true as const };
  });
}
