import type { Actor } from '../../cases/actor.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import type { MarketingTaskSecret } from '../../cases/marketingTasks.ts';
import { standings } from '../../domain/accountStanding.ts';
import { localDay } from '../../domain/calendar.ts';
import { isOverdue, type MarketingTask, mayDrop, mayFulfil } from '../../domain/marketingTask.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { MarketingTaskView } from '../contract/marketingTasks.ts';
import type { ApiDeps } from '../deps.ts';
import { dayOf, timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';

/** Marketing tasks as a person sees them, opened. The caller has made sure that he may. */
export async function marketingTaskViews(
  deps: ApiDeps,
  actor: Actor,
  where: Prisma.MarketingTaskWhereInput,
  orderBy: Prisma.MarketingTaskOrderByWithRelationInput[],
): Promise<MarketingTaskView[]> {
  const { prisma } = deps;
  const rows = await prisma.marketingTask.findMany({ where, orderBy, take: 200 });
  const [names, accounts] = await Promise.all([
    loadNames(prisma, { persons: rows.flatMap(({ ownerId, setBy, closedBy }) => [ownerId, setBy, closedBy]) }),
    prisma.account.findMany({
      where: { id: { in: [...new Set(rows.map(({ accountId }) => accountId))] } },
      include: { client: { select: { id: true, name: true } }, holdings: { where: { validTo: null } } },
    }),
  ]);
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const today = localDay(Date.now());
  return Promise.all(
    rows.flatMap((row) => {
      const account = accountOf.get(row.accountId);
      return account ? [viewOf(row, account)] : [];
    }),
  );

  async function viewOf(row: (typeof rows)[number], account: (typeof accounts)[number]): Promise<MarketingTaskView> {
    const secret = await openForClient<MarketingTaskSecret>(
      deps,
      account.clientId,
      'marketing_tasks',
      row.id,
      row.secret,
    );
    const task = { ...row, state: row.state as MarketingTask['state'], dueOn: dayOf(row.dueOn) };
    const standing = standings(actor, account.holdings);
    return {
      id: row.id,
      account: { id: account.id, name: account.client.name },
      what: secret.what,
      dueOn: task.dueOn,
      owner: names.person(row.ownerId),
      state: task.state,
      isOverdue: isOverdue(task, today),
      setBy: names.person(row.setBy),
      setAt: timeOf(row.setAt),
      closedBy: names.personOrNull(row.closedBy),
      closedAt: timeOrNull(row.closedAt),
      answer: secret.answer ?? null,
      mayFulfil: mayFulfil(task, actor.personId, standing),
      mayDrop: mayDrop(task, actor.personId, standing),
    };
  }
}
