import { reportBreach } from '../../cases/breaches.ts';
import { breachRoutes as routes } from '../contract/breaches.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';

/** 专属侵权举报 (7.3). */
export function mountBreaches({ on }: Routing, deps: ApiDeps): void {
  on(routes.report, async ({ actor, params, body, key }) =>
    once<{ caseId: string }>(
      deps,
      { personId: actor.personId, target: `account:${params.id}:breaches`, key, body },
      (keep) => reportBreach(deps, actor, params.id, body, keep),
    ),
  );
}
