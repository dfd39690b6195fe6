import { type RoleAssignmentView, roleRoutes as routes } from '../contract/roles.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { dayOf, dayOrNull, today } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { whole } from '../views/pages.ts';

/** Who has which role; granting and ending them stands with the organisation. */
export function mountRoles({ on }: Routing, { prisma }: ApiDeps): void {
  on(routes.roles, async ({ query: { personId } }) => {
    const rows = await prisma.roleAssignment.findMany({
      where: personId ? { personId } : {},
      orderBy: [{ role: 'asc' }, { validFrom: 'desc' }, { id: 'asc' }],
    });
    const ids = rows.map((row) => row.personId);
    const [names, left] = await Promise.all([
      loadNames(prisma, {
        persons: [...ids, ...rows.map((row) => row.grantedBy)],
        units: rows.map((row) => row.unitId),
      }),
      prisma.person.findMany({ where: { id: { in: ids }, active: false }, select: { id: true } }),
    ]);
    const gone = new Set(left.map((person) => person.id));
    const day = today();
    const stateOf = ({ validFrom, validTo }: (typeof rows)[number]): RoleAssignmentView['state'] => {
      if (validTo !== null && validTo <= day) return 'ended';
      return validFrom > day ? 'later' : 'current';
    };
    return whole(
      rows.map((row) => ({
        id: row.id,
        person: names.person(row.personId),
        active: !gone.has(row.personId),
        role: row.role,
        unit: names.unitOrNull(row.unitId),
        validFrom: dayOf(row.validFrom),
        validTo: dayOrNull(row.validTo),
        document: row.document,
        grantedBy: names.personOrNull(row.grantedBy),
        state: stateOf(row),
      })),
    );
  });
}
