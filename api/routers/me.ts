import { type Actor, hasRole } from '../../cases/actor.ts';
import { type Me, meRoutes as routes } from '../contract/me.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { countTasks } from '../views/inbox.ts';
import { countManaged } from '../views/managedAccounts.ts';
import { loadNames } from '../views/names.ts';
import { countUnread } from '../views/notifications.ts';

/** Who is signed in, and how much waits for him. */
export function mountMe({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;
  on(routes.me, async ({ actor, identity }) => {
    const { personId, unitId, roles, seats } = actor;
    const [names, own, seatRows, managedAccounts, mine, group, delegated, initiated, copied, notifications, outside] =
      await Promise.all([
        loadNames(prisma, { units: [unitId, ...roles.map((held) => held.unitId)] }),
        prisma.person.findUnique({
          where: { id: personId },
          select: { language: true, appearance: true, toured: true },
        }),
        prisma.seat.findMany({ where: { id: { in: seats.map((seat) => seat.seatId) } } }),
        countManaged(deps, personId),
        countTasks(deps, actor, 'mine'),
        countTasks(deps, actor, 'group'),
        countTasks(deps, actor, 'delegated'),
        prisma.case.count({ where: { submitterId: personId, closedAt: null } }),
        prisma.copy.count({ where: { personId } }),
        countUnread(deps, personId),
        outsideWaiting(deps, actor),
      ]);
    return {
      person: { id: personId, name: actor.name, nameEn: actor.nameEn },
      unit: names.unit(unitId),
      roles: roles.map((held) => ({ role: held.role, unit: names.unitOrNull(held.unitId) })),
      seats: seatRows.map(({ id, kind, ord, name, nameEn }) => ({ seatId: id, kind, ord, name, nameEn })),
      managedAccounts,
      csrfToken: identity.session?.csrfToken ?? null,
      preferences: {
        language: (own?.language ?? null) as Me['preferences']['language'],
        appearance: (own?.appearance ?? null) as Me['preferences']['appearance'],
        toured: own?.toured ?? false,
      },
      badges: { mine, group, delegated, initiated, copied, notifications, ...outside },
    };
  });

  on(routes.preferences, async ({ actor: { personId }, body }) => {
    const { language, appearance, toured } = body;
    await prisma.person.update({
      where: { id: personId },
      data: {
        ...(language ? { language } : {}),
        ...(appearance ? { appearance } : {}),
        ...(toured === undefined ? {} : { toured }),
      },
    });
    return { done: true as const };
  });
}

/** What of the accounts of other systems waits for a security administrator. */
async function outsideWaiting({ prisma }: ApiDeps, actor: Actor): Promise<{ strangers: number; refusedRoles: number }> {
  if (!hasRole(actor, 'securityAdmin')) return { strangers: 0, refusedRoles: 0 };
  const [strangers, refusedRoles] = await Promise.all([prisma.stranger.count(), prisma.refusedRole.count()]);
  return { strangers, refusedRoles };
}
