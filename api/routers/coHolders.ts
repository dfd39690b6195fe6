import { accountSeen } from '../../cases/accounts.ts';
import { hasRole } from '../../cases/actor.ts';
import { endCoHolding, proposeCoHolder } from '../../cases/coHolders.ts';
import { mayEnd, mayPropose } from '../../domain/coHolder.ts';
import { groundsOf } from '../../domain/reassignment.ts';
import { coHolderRoutes as routes } from '../contract/coHolders.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { timeOf, timeOrNull } from '../views/days.ts';
import { loadNames } from '../views/names.ts';

/** Units and managers added to an account's holders (Article 7.4). */
export function mountCoHolders({ on }: Routing, deps: ApiDeps): void {
  const { prisma, pool } = deps;

  on(routes.list, async ({ actor, params }) => {
    const { state, standing } = await accountSeen(pool, actor, params.id);
    const [holdings, units] = await Promise.all([
      prisma.holding.findMany({ where: { accountId: params.id, kind: 'co' }, orderBy: { validFrom: 'asc' } }),
      prisma.unit.findMany({
        where: { kind: { in: ['headquarters', 'branch'] }, dissolvedOn: null },
        orderBy: { code: 'asc' },
      }),
    ]);
    const mayReassign = groundsOf([{ standings: standing, headsAUnit: hasRole(actor, 'unitHead') }]);
    const names = await loadNames(prisma, {
      units: holdings.map(({ unitId }) => unitId),
      persons: holdings.map(({ managerId }) => managerId),
    });
    return {
      items: holdings.map((holding) => ({
        holdingId: holding.id,
        unit: names.unit(holding.unitId),
        manager: names.personOrNull(holding.managerId),
        validFrom: timeOf(holding.validFrom),
        validTo: timeOrNull(holding.validTo),
        decisionCaseId: holding.decisionCaseId,
        mayEnd: holding.validTo === null ? mayEnd(actor, holding.unitId) : ('no' as const),
        reassignableOn: holding.validTo === null && state !== 'terminated' ? mayReassign : [],
      })),
      proposable: state === 'terminated' ? [] : units.filter(({ id }) => mayPropose(actor, id)).map(unitRefOf),
    };
  });

  on(routes.propose, async ({ actor: { personId }, params, body, key }) =>
    once<{ caseId: string }>(deps, { personId, target: `account:${params.id}:co-holders`, key, body }, (keep) =>
      proposeCoHolder(deps, { personId, accountId: params.id, form: body }, keep),
    ),
  );

  on(routes.end, async ({ actor: { personId }, params, body, key }) =>
    once<{ caseId: string }>(deps, { personId, target: `holding:${params.holdingId}:end`, key, body }, (keep) =>
      endCoHolding(deps, { personId, accountId: params.id, holdingId: params.holdingId, ...body }, keep),
    ),
  );
}

const unitRefOf = ({ id, name, nameEn }: { id: string; name: string; nameEn: string }) => ({ id, name, nameEn });
