import { proposeMembership } from '../../cases/memberships.ts';
import { membershipRoutes as routes } from '../contract/memberships.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';

/** 成员单位变更: who comes to a group and who leaves it. */
export function mountMemberships({ on }: Routing, deps: ApiDeps): void {
  on(routes.propose, async ({ actor, params, body, key }) =>
    once<{ caseId: string }>(
      deps,
      { personId: actor.personId, target: `account:${params.id}:memberships`, key, body },
      (keep) => proposeMembership(deps, actor, params.id, body, keep),
    ),
  );
}
