import { accountSeen } from '../../cases/accounts.ts';
import { allocate, cancelAllocation } from '../../cases/allocations.ts';
import { allocationRoutes as routes } from '../contract/allocations.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { settledReceipt } from '../settled.ts';
import { allocationSummaries, placeSeen } from '../views/allocationView.ts';
import { readableContents } from '../views/readable.ts';

/** Which unit builds an account's projects (Article 7.2). */
export function mountAllocations({ on }: Routing, deps: ApiDeps): void {
  on(routes.list, async ({ actor, params, query }) => {
    await accountSeen(deps.pool, actor, params.id);
    return allocationSummaries(deps, actor, params.id, query);
  });

  on(routes.place, async ({ actor, params }) =>
    placeSeen(deps, await accountSeen(deps.pool, actor, params.id), params.regionCode),
  );

  on(routes.start, async ({ actor: { personId }, params, body, key }) =>
    once<{ caseId: string }>(deps, { personId, target: `account:${params.id}:allocations`, key, body }, (keep) =>
      allocate(deps, { personId, accountId: params.id, form: body }, keep),
    ),
  );

  on(routes.cancel, async (call) => {
    const { actor, params, body, key } = call;
    await readableContents(deps, actor, params.id);
    const request = { personId: actor.personId, caseId: params.id, reason: body.reason, key };
    return settledReceipt(deps, call, await cancelAllocation(deps, request));
  });
}
