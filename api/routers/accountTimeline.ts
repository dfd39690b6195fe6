import { accountSeen } from '../../cases/accounts.ts';
import { accountTimelineRoutes as routes } from '../contract/accountTimeline.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { accountTimeline } from '../views/accountTimeline.ts';

/** What happened to a key account. */
export function mountAccountTimeline({ on }: Routing, deps: ApiDeps): void {
  on(routes.accountTimeline, async ({ actor, params, query }) =>
    accountTimeline(deps, actor, await accountSeen(deps.pool, actor, params.id), query),
  );
}
