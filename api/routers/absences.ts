import { changeAbsence, endAbsence, enterAbsence } from '../../cases/absences.ts';
import { type Actor, hasRole } from '../../cases/actor.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { absenceRoutes as routes } from '../contract/absences.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { absencePage, absenceViews } from '../views/absenceViews.ts';
import { dateOf, today } from '../views/days.ts';
import { whole } from '../views/pages.ts';

const AHEAD_DAYS = 14;

/** 请假: one's own, and those the office enters for others. Everybody is told who is away: somebody may be waiting for him. */
export function mountAbsences({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.absences, async ({ actor, query: { of, personId, ...page } }) => {
    if (of === 'mine') return absencePage(prisma, { personId: actor.personId }, page);
    requireOffice(actor);
    const open = { endedOn: null, lastDay: { gte: today() }, ...(personId ? { personId } : {}) };
    return absencePage(prisma, open, page);
  });

  on(routes.away, async () => {
    const until = dateOf(addDays(localDay(Date.now()), AHEAD_DAYS));
    const views = await absenceViews(prisma, { endedOn: null, lastDay: { gte: today() }, firstDay: { lte: until } });
    return whole(views.map(({ person, firstDay, lastDay, deputy }) => ({ person, firstDay, lastDay, deputy })));
  });

  on(routes.enterAbsence, async ({ actor, body, key }) => {
    const { personId = actor.personId, firstDay, lastDay, deputyId = null } = body;
    if (personId !== actor.personId) requireOffice(actor);
    const absence = { byId: actor.personId, personId, firstDay, lastDay, deputyId };
    return once<{ id: string }>(deps, { personId: actor.personId, target: 'absences', key, body }, (keep) =>
      enterAbsence(deps, absence, keep),
    );
  });

  on(routes.changeAbsence, async ({ actor, params, body }) => {
    await requireOwn(deps, actor, params.id);
    const { firstDay, lastDay, deputyId = null } = body;
    await changeAbsence(deps, { byId: actor.personId, id: params.id, firstDay, lastDay, deputyId });
    return { done: true as const };
  });

  on(routes.endAbsence, async ({ actor, params, key }) => {
    await requireOwn(deps, actor, params.id);
    const { personId } = actor;
    return doneOnce(deps, { personId, target: `absence:${params.id}:end`, key, body: {} }, (keep) =>
      endAbsence(deps, { byId: personId, id: params.id }, keep),
    );
  });
}

function requireOffice(actor: Actor): void {
  if (!hasRole(actor, 'office')) throw new DomainError('forbidden', { needed: 'office' });
}

/** @throws DomainError `notFound` for another's, but to the office */
async function requireOwn({ prisma }: ApiDeps, actor: Actor, id: string): Promise<void> {
  const absence = await prisma.absence.findUnique({ where: { id }, select: { personId: true } });
  if (!absence || (absence.personId !== actor.personId && !hasRole(actor, 'office'))) throw new DomainError('notFound');
}
