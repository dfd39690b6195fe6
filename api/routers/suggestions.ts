import { accountToRead } from '../../cases/accounts.ts';
import type { Actor } from '../../cases/actor.ts';
import { raiseSuggestion } from '../../cases/suggestions.ts';
import { keepsFile } from '../../domain/accountStanding.ts';
import { localDay } from '../../domain/calendar.ts';
import { unsettledMeasures } from '../../domain/plan.ts';
import { suggestionRoutes as routes } from '../contract/suggestions.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { recordAccountReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { dateOf } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { keyOf, pageOf, whole } from '../views/pages.ts';
import { measureViews, planViews } from '../views/planViews.ts';
import { readableAmong } from '../views/readableCases.ts';
import { suggestionViews } from '../views/suggestionViews.ts';

/** Warnings and proposals about key accounts, and the plans that follow from them (Article 6.3). */
export function mountSuggestions({ on }: Routing, deps: ApiDeps): void {
  const { prisma, pool } = deps;
  const readable =
    (actor: Actor) =>
    async (caseIds: readonly string[]): Promise<ReadonlySet<string>> =>
      new Set((await readableAmong(deps, actor, caseIds)).map(({ id }) => id));

  on(routes.raise, async ({ actor: { personId }, params, body, key, response }) => {
    const accountId = params.id;
    const started = await once<{ caseId: string }>(
      deps,
      { personId, target: `account:${accountId}:suggestions`, key, body },
      (keep) => raiseSuggestion(deps, personId, { accountId, form: body }, keep),
    );
    response.location(`/api/v1/cases/${started.caseId}`);
    return started;
  });

  on(routes.suggestions, async ({ actor, params }) => {
    const { id, standing, state } = await accountToRead(pool, actor, params.id);
    return {
      items: await suggestionViews(deps, id, readable(actor)),
      nextCursor: null,
      mayRaise: keepsFile(standing) && state !== 'terminated',
    };
  });

  on(routes.plans, async ({ actor, params }) => {
    const account = await accountToRead(pool, actor, params.id);
    const { id, clientId } = account;
    await recordAccountReading(deps, actor, account, 'plans');
    const plans = await prisma.plan.findMany({
      where: { accountId: id },
      include: { measures: { orderBy: { ord: 'asc' } } },
      orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
      take: 50,
    });
    return whole(await planViews(deps, clientId, plans, await readable(actor)(plans.map(({ caseId }) => caseId))));
  });

  on(routes.measures, async ({ query }) => {
    const after = keyOf(query.cursor, 'text', 'text');
    const rows = await prisma.planMeasure.findMany({
      where: {
        AND: [
          { state: { in: [...unsettledMeasures] } },
          query.overdue === 'true' ? { dueOn: { lt: dateOf(localDay(Date.now())) } } : {},
          query.overdue === 'false' ? { dueOn: { gte: dateOf(localDay(Date.now())) } } : {},
          after ? { OR: [{ dueOn: { gt: dateOf(after[0]) } }, { dueOn: dateOf(after[0]), id: { gt: after[1] } }] } : {},
        ],
      },
      include: { plan: true },
      orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    });
    const { items, nextCursor } = pageOf(rows, query.limit, ({ dueOn, id }) => [dueOn.toISOString().slice(0, 10), id]);
    const [accounts, cases] = await Promise.all([
      prisma.account.findMany({
        where: { id: { in: items.map(({ plan }) => plan.accountId) } },
        select: { id: true, client: { select: { id: true, name: true } } },
      }),
      prisma.case.findMany({
        where: { id: { in: items.map(({ plan }) => plan.caseId) } },
        select: { id: true, number: true, unitId: true },
      }),
    ]);
    const accountOf = new Map(accounts.map((row) => [row.id, row]));
    const caseOf = new Map(cases.map((row) => [row.id, row]));
    const plans = new Map(items.map(({ plan }) => [plan.id, plan]));
    const clientOf = (planId: string) => accountOf.get(plans.get(planId)?.accountId ?? '')?.client;
    const [views, names] = await Promise.all([
      measureViews(deps, items, ({ planId }) => clientOf(planId)?.id ?? ''),
      loadNames(prisma, { units: cases.map(({ unitId }) => unitId) }),
    ]);
    return {
      nextCursor,
      items: views.map((view, index) => {
        const plan = items[index]?.plan;
        const of = caseOf.get(plan?.caseId ?? '');
        return {
          ...view,
          caseId: plan?.caseId ?? '',
          number: of?.number ?? '',
          account: { id: plan?.accountId ?? '', name: clientOf(plan?.id ?? '')?.name ?? '' },
          unit: names.unit(of?.unitId ?? ''),
        };
      }),
    };
  });
}
