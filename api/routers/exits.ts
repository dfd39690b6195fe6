import { proposeExit } from '../../cases/exits.ts';
import { exitRoutes as routes } from '../contract/exits.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';

/** 年中退出: putting forward that a key account leave the list, or that cooperation with it end (系统默认). */
export function mountExits({ on }: Routing, deps: ApiDeps): void {
  on(routes.propose, async ({ actor: { personId }, params, body, key, response }) => {
    const accountId = params.id;
    const act = { personId, target: `account:${accountId}:exits`, key, body };
    const begun = await once<{ caseId: string }>(deps, act, (keep) =>
      proposeExit(deps, personId, { accountId, form: body }, keep),
    );
    response.location(`/api/v1/cases/${begun.caseId}`);
    return begun;
  });
}
