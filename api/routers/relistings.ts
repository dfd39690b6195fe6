import { proposeRelisting } from '../../cases/relistings.ts';
import { relistingRoutes as routes } from '../contract/relistings.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';

/** 恢复列入名单: putting forward that an account come back onto the list (Article 4.6). */
export function mountRelistings({ on }: Routing, deps: ApiDeps): void {
  on(routes.propose, async ({ actor: { personId }, params, body, key, response }) => {
    const accountId = params.id;
    const act = { personId, target: `account:${accountId}:relistings`, key, body };
    const begun = await once<{ caseId: string }>(deps, act, (keep) =>
      proposeRelisting(deps, personId, { accountId, form: body }, keep),
    );
    response.location(`/api/v1/cases/${begun.caseId}`);
    return begun;
  });
}
