import { accountToRead } from '../../cases/accounts.ts';
import { closeMarketingTask, setMarketingTask } from '../../cases/marketingTasks.ts';
import { maySet } from '../../domain/marketingTask.ts';
import { marketingTaskRoutes as routes } from '../contract/marketingTasks.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import { recordAccountReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { marketingTaskViews } from '../views/marketingTaskViews.ts';
import { whole } from '../views/pages.ts';

/** 营销任务及完成 of key accounts (Article 6.1, annex 4). */
export function mountMarketingTasks({ on }: Routing, deps: ApiDeps): void {
  on(routes.marketingTasks, async ({ actor, params }) => {
    const account = await accountToRead(deps.pool, actor, params.id);
    await recordAccountReading(deps, actor, account, 'marketingTasks');
    const items = await marketingTaskViews(deps, actor, { accountId: account.id }, [
      { closedAt: { sort: 'desc', nulls: 'first' } },
      { dueOn: 'asc' },
      { id: 'asc' },
    ]);
    return { items, nextCursor: null, maySet: maySet(account.standing) && account.state !== 'terminated' };
  });

  on(routes.myMarketingTasks, async ({ actor }) =>
    whole(
      await marketingTaskViews(deps, actor, { ownerId: actor.personId, state: 'open' }, [
        { dueOn: 'asc' },
        { id: 'asc' },
      ]),
    ),
  );

  on(routes.setMarketingTask, async ({ actor, params, body, key }) => {
    const target = `account:${params.id}:marketingTasks`;
    return once<{ id: string }>(deps, { personId: actor.personId, target, key, body }, (keep) =>
      setMarketingTask(deps, { byId: actor.personId, accountId: params.id, ...body }, keep),
    );
  });

  on(routes.fulfilMarketingTask, async ({ actor: { personId: byId }, params: { id }, body, key }) =>
    doneOnce(deps, { personId: byId, target: `marketingTask:${id}:done`, key, body }, (keep) =>
      closeMarketingTask(deps, { byId, id, state: 'done', ...body }, keep),
    ),
  );

  on(routes.dropMarketingTask, async ({ actor: { personId: byId }, params: { id }, body, key }) =>
    doneOnce(deps, { personId: byId, target: `marketingTask:${id}:dropped`, key, body }, (keep) =>
      closeMarketingTask(deps, { byId, id, state: 'dropped', ...body }, keep),
    ),
  );
}
