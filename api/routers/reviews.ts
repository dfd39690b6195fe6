import { accountToRead } from '../../cases/accounts.ts';
import { dissent } from '../../cases/dissents.ts';
import { reviewRoutes as routes } from '../contract/reviews.ts';
import type { ApiDeps } from '../deps.ts';
import { recordAccountReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { settledReceipt } from '../settled.ts';
import { whole } from '../views/pages.ts';
import { readableContents } from '../views/readable.ts';
import { reviewsOfAccount } from '../views/reviewView.ts';

/** 年度评价: how accounts were evaluated, and differing from it. */
export function mountReviews({ on }: Routing, deps: ApiDeps): void {
  on(routes.reviews, async ({ actor, params }) => {
    const account = await accountToRead(deps.pool, actor, params.id);
    const years = await reviewsOfAccount(deps, actor, account.id);
    if (years.length > 0) await recordAccountReading(deps, actor, account, 'reviews');
    return whole(years);
  });

  on(routes.dissent, async (call) => {
    const { actor, params, body, key } = call;
    const { row } = await readableContents(deps, actor, params.id);
    return settledReceipt(deps, call, await dissent(deps, { personId: actor.personId, caseId: row.id, key, ...body }));
  });
}
