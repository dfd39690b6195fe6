import { dissolutionEffects, dissolveUnit } from '../../cases/dissolution.ts';
import { addTerritory, addUnit, changeUnit, endTerritory } from '../../cases/units.ts';
import { DomainError } from '../../domain/errors.ts';
import { unitRoutes as routes } from '../contract/units.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { unitDetail } from '../views/organisationViews.ts';
import { reassignableOf } from '../views/reassignable.ts';

const done = { done: true as const };

/** Units and their territories. The system administrator enters, changes and dissolves; the office draws territories too (系统默认). */
export function mountUnits({ on }: Routing, deps: ApiDeps): void {
  on(routes.unit, async ({ actor, params }) => {
    const unit = await unitDetail(deps.prisma, params.id);
    if (!unit) throw new DomainError('notFound');
    const [reassignable = null] = await reassignableOf(deps, actor, { unitId: params.id });
    return { ...unit, reassignable };
  });

  on(routes.addUnit, async ({ actor: { personId }, body, key }) =>
    once<{ id: string }>(deps, { personId, target: 'units', key, body }, (keep) =>
      addUnit(deps, { adminId: personId, ...body }, keep),
    ),
  );

  on(routes.changeUnit, async ({ actor, params, body }) => {
    await changeUnit(deps, params.id, { adminId: actor.personId, ...body });
    return done;
  });

  on(routes.dissolutionEffects, async ({ params }) => {
    if (!(await deps.prisma.unit.findUnique({ where: { id: params.id } }))) throw new DomainError('notFound');
    return dissolutionEffects(deps.pool, params.id);
  });

  on(routes.dissolve, async ({ actor: { personId }, params, body, key }) =>
    doneOnce(deps, { personId, target: `unit:${params.id}:dissolution`, key, body }, (keep) => {
      const { successorId = null, ...rest } = body;
      return dissolveUnit(deps, { adminId: personId, unitId: params.id, successorId, ...rest }, keep);
    }),
  );

  on(routes.addTerritory, async ({ actor: { personId }, params, body, key }) =>
    once<{ id: string }>(deps, { personId, target: `unit:${params.id}:territories`, key, body }, (keep) =>
      addTerritory(deps, params.id, { adminId: personId, ...body }, keep),
    ),
  );

  on(routes.endTerritory, async ({ actor: { personId }, params, body, key }) =>
    doneOnce(deps, { personId, target: `territory:${params.id}:end`, key, body }, (keep) =>
      endTerritory(deps, params.id, { adminId: personId, ...body }, keep),
    ),
  );
}
