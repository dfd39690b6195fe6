import { dashboardRoutes as routes } from '../contract/dashboard.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { accountFigures } from '../views/dashboard/accountFigures.ts';
import { caseFigures } from '../views/dashboard/caseFigures.ts';
import { durationFigures } from '../views/dashboard/durationFigures.ts';
import { outlookOf } from '../views/dashboard/outlook.ts';
import { waitingFigures } from '../views/dashboard/waitingFigures.ts';

/** 看板: figures over many cases, for who may see them; never a single case's contents. */
export function mountDashboard({ on }: Routing, deps: ApiDeps): void {
  on(routes.cases, async ({ actor }) => caseFigures(deps, await outlookOf(deps, actor)));
  on(routes.durations, async ({ actor, query }) => durationFigures(deps, await outlookOf(deps, actor), query.days));
  on(routes.waiting, async ({ actor }) => waitingFigures(deps, await outlookOf(deps, actor)));
  on(routes.accounts, async ({ actor }) => accountFigures(deps, await outlookOf(deps, actor)));
}
