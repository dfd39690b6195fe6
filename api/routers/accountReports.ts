import { reportAccount } from '../../cases/accountReports.ts';
import { accountToRead } from '../../cases/accounts.ts';
import { keepsFile } from '../../domain/accountStanding.ts';
import { accountReportRoutes as routes } from '../contract/accountReports.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { recordAccountReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { accountReports, dutiesOf } from '../views/accountReportViews.ts';

/** What falls due for a key account, and 定时上报 (Article 6.2). */
export function mountAccountReports({ on }: Routing, deps: ApiDeps): void {
  on(routes.duties, async ({ actor, params }) => {
    const account = await accountToRead(deps.pool, actor, params.id);
    return { items: await dutiesOf(deps, account), nextCursor: null };
  });

  on(routes.reports, async ({ actor, params }) => {
    const account = await accountToRead(deps.pool, actor, params.id);
    await recordAccountReading(deps, actor, account, 'accountReports');
    const mayReport = keepsFile(account.standing) && account.state !== 'terminated';
    return { items: await accountReports(deps, account), nextCursor: null, mayReport };
  });

  on(routes.report, async ({ actor: { personId }, params, body, key }) => {
    const target = `account:${params.id}:reports`;
    return once<{ id: string }>(deps, { personId, target, key, body }, (keep) =>
      reportAccount(deps, { personId, accountId: params.id, form: body }, keep),
    );
  });
}
