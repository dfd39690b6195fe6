import { dismissStranger, endLink, linkStranger } from '../../cases/identities.ts';
import { LOCAL } from '../../cases/localAccounts.ts';
import { type RefusedRoleView, identityRoutes as routes } from '../contract/identities.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { timeOf } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { whole } from '../views/pages.ts';

/** Whoever waits for a link shows up again by trying again; more than these are looked through by nobody. */
const STRANGERS = 200;

/** Accounts of other systems and the persons they are linked to; the security administrator's. */
export function mountIdentities({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.identities, async () => {
    const identities = await prisma.identity.findMany({
      where: { method: { not: LOCAL } },
      orderBy: [{ method: 'asc' }, { linkedAt: 'desc' }, { subject: 'asc' }],
    });
    const persons = identities.flatMap(({ personId, linkedBy }) => [personId, ...(linkedBy ? [linkedBy] : [])]);
    const names = await loadNames(prisma, { persons });
    return whole(
      identities.map(({ method, subject, personId, linkedAt, linkedBy }) => ({
        method,
        subject,
        person: names.person(personId),
        linkedAt: timeOf(linkedAt),
        linkedBy: linkedBy ? names.person(linkedBy) : null,
      })),
    );
  });

  on(routes.strangers, async () => {
    const strangers = await prisma.stranger.findMany({ orderBy: { lastAt: 'desc' }, take: STRANGERS });
    return whole(
      strangers.map(({ firstAt, lastAt, ...told }) => ({ ...told, firstAt: timeOf(firstAt), lastAt: timeOf(lastAt) })),
    );
  });

  on(routes.refusedRoles, async () => {
    const refused = await prisma.refusedRole.findMany({ orderBy: { at: 'desc' } });
    const names = await loadNames(prisma, {
      persons: refused.map(({ personId }) => personId),
      units: refused.map(({ unitId }) => unitId || null),
    });
    return whole(
      refused.map(({ method, personId, role, unitId, why, at }) => ({
        method,
        person: names.person(personId),
        role,
        unit: names.unitOrNull(unitId || null),
        why: why as RefusedRoleView['why'],
        at: timeOf(at),
      })),
    );
  });

  on(routes.link, async ({ actor: { personId: adminId }, body, key }) =>
    once(deps, { personId: adminId, target: 'identities', key, body }, async () => {
      await linkStranger(deps, { adminId, ...body });
      return { done: true as const };
    }),
  );
  on(routes.endLink, async ({ actor: { personId: adminId }, body, key }) =>
    once(deps, { personId: adminId, target: 'identities:end', key, body }, async () => {
      await endLink(deps, { adminId, ...body });
      return { done: true as const };
    }),
  );
  on(routes.dismiss, async ({ actor: { personId: adminId }, body, key }) =>
    once(deps, { personId: adminId, target: 'strangers:dismiss', key, body }, async () => {
      await dismissStranger(deps, { adminId, ...body });
      return { done: true as const };
    }),
  );
}
