import { dismissStranger, endLink, linkStranger } from '../../cases/identities.ts';
import { LOCAL } from '../../cases/localAccounts.ts';
import { type RefusedRoleView, identityRoutes as routes } from '../contract/identities.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce } from '../once.ts';
import type { Routing } from '../routing.ts';
import { timeOf } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { keyOf, pageOf, whole } from '../views/pages.ts';

/** Whoever waits for a link shows up again by trying again; more than these are looked through by nobody. */
const STRANGERS = 200;

/** What comes after a refused role, in the order of persons. */
const refusedAfter = ([personId, method, role, unitId]: readonly [string, string, string, string]) => [
  { personId: { gt: personId } },
  { personId, method: { gt: method } },
  { personId, method, role: { gt: role } },
  { personId, method, role, unitId: { gt: unitId } },
];

/** Accounts of other systems and the persons they are linked to; the security administrator's. */
export function mountIdentities({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.identities, async ({ query: { personId, cursor, limit } }) => {
    const after = keyOf(cursor, 'text', 'text');
    const rows = await prisma.identity.findMany({
      where: {
        method: { not: LOCAL },
        ...(personId ? { personId } : {}),
        ...(after ? { OR: [{ method: { gt: after[0] } }, { method: after[0], subject: { gt: after[1] } }] } : {}),
      },
      orderBy: [{ method: 'asc' }, { subject: 'asc' }],
      take: limit + 1,
    });
    const { items: identities, nextCursor } = pageOf(rows, limit, ({ method, subject }) => [method, subject]);
    const persons = identities.flatMap(({ personId, linkedBy }) => [personId, ...(linkedBy ? [linkedBy] : [])]);
    const names = await loadNames(prisma, { persons });
    return {
      items: identities.map(({ method, subject, personId, linkedAt, linkedBy }) => ({
        method,
        subject,
        person: names.person(personId),
        linkedAt: timeOf(linkedAt),
        linkedBy: linkedBy ? names.person(linkedBy) : null,
      })),
      nextCursor,
    };
  });

  on(routes.strangers, async () => {
    const strangers = await prisma.stranger.findMany({ orderBy: { lastAt: 'desc' }, take: STRANGERS });
    return whole(
      strangers.map(({ firstAt, lastAt, ...told }) => ({ ...told, firstAt: timeOf(firstAt), lastAt: timeOf(lastAt) })),
    );
  });

  on(routes.refusedRoles, async ({ query: { personId, cursor, limit } }) => {
    const after = keyOf(cursor, 'text', 'text', 'text', 'text');
    const rows = await prisma.refusedRole.findMany({
      where: { ...(personId ? { personId } : {}), ...(after ? { OR: refusedAfter(after) } : {}) },
      orderBy: [{ personId: 'asc' }, { method: 'asc' }, { role: 'asc' }, { unitId: 'asc' }],
      take: limit + 1,
    });
    const { items: refused, nextCursor } = pageOf(rows, limit, (row) => [
      row.personId,
      row.method,
      row.role,
      row.unitId,
    ]);
    const names = await loadNames(prisma, {
      persons: refused.map(({ personId }) => personId),
      units: refused.map(({ unitId }) => unitId || null),
    });
    return {
      items: refused.map(({ method, personId, role, unitId, why, at }) => ({
        method,
        person: names.person(personId),
        role,
        unit: names.unitOrNull(unitId || null),
        why: why as RefusedRoleView['why'],
        at: timeOf(at),
      })),
      nextCursor,
    };
  });

  on(routes.link, async ({ actor: { personId: adminId }, body, key }) =>
    doneOnce(deps, { personId: adminId, target: 'identities', key, body }, (keep) =>
      linkStranger(deps, { adminId, ...body }, keep),
    ),
  );
  on(routes.endLink, async ({ actor: { personId: adminId }, body, key }) =>
    doneOnce(deps, { personId: adminId, target: 'identities:end', key, body }, (keep) =>
      endLink(deps, { adminId, ...body }, keep),
    ),
  );
  on(routes.dismiss, async ({ actor: { personId: adminId }, body, key }) =>
    doneOnce(deps, { personId: adminId, target: 'strangers:dismiss', key, body }, (keep) =>
      dismissStranger(deps, { adminId, ...body }, keep),
    ),
  );
}
