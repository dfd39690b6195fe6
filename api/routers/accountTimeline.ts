import { accountTimelineRoutes as routes } from '../contract/accountTimeline.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { accountTimeline } from '../views/accountTimeline.ts';
import { asSeen } from '../views/accountViews.ts';

/** What happened to a key account. */
export function mountAccountTimeline({ on }: Routing, deps: ApiDeps): void {
  on(routes.accountTimeline, async ({ actor, params, query }) =>
    accountTimeline(deps, actor, await asSeen(deps, actor, params.id), query),
  );
}
