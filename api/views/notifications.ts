import type { Actor } from '../../cases/actor.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { NotificationView } from '../contract/notifications.ts';
import type { Page } from '../contract/shared.ts';
import type { ApiDeps } from '../deps.ts';
import { visibleTo } from './accountViews.ts';
import { timeOf, timeOrNull } from './days.ts';
import { keyOf, pageOf } from './pages.ts';
import { readableAmong } from './readableCases.ts';

type Query = { readonly unread: boolean; readonly cursor?: string | undefined; readonly limit: number };

/** What a person was told of, the latest first, without what he muted; of cases he may not read any more that there was something, and no more. */
export async function notifications(deps: ApiDeps, actor: Actor, query: Query): Promise<Page<NotificationView>> {
  const { prisma } = deps;
  const after = keyOf(query.cursor, 'instant', 'text');
  const rows = await prisma.notification.findMany({
    where: {
      AND: [
        await told(deps, actor.personId),
        query.unread ? { readAt: null } : {},
        after ? { at: { lte: after[0] }, OR: [{ at: { lt: after[0] } }, { at: after[0], id: { lt: after[1] } }] } : {},
      ],
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  });
  const page = pageOf(rows, query.limit, (row) => [timeOf(row.at), row.id]);
  const [cases, accounts, tasks] = await Promise.all([
    readableAmong(
      deps,
      actor,
      page.items.flatMap((row) => row.caseId ?? []),
    ),
    prisma.account.findMany({
      where: { AND: [visibleTo(actor), { id: { in: page.items.flatMap((row) => row.accountId ?? []) } }] },
      select: { id: true, client: { select: { name: true } } },
    }),
    prisma.task.findMany({
      where: { id: { in: page.items.flatMap((row) => row.taskId ?? []) } },
      select: { id: true, kind: true },
    }),
  ]);
  const caseOf = new Map(cases.map((row) => [row.id, row]));
  const accountOf = new Map(accounts.map(({ id, client }) => [id, { id, name: client.name }]));
  const kindOf = new Map(tasks.map((task) => [task.id, task.kind]));
  return {
    items: page.items.map((row) => {
      const found = caseOf.get(row.caseId ?? '');
      return {
        id: row.id,
        kind: row.kind,
        at: timeOf(row.at),
        readAt: timeOrNull(row.readAt),
        case: found ? { id: found.id, number: found.number, title: found.title, state: found.state } : null,
        account: accountOf.get(row.accountId ?? '') ?? null,
        taskKind: found ? (kindOf.get(row.taskId ?? '') ?? null) : null,
      };
    }),
    nextCursor: page.nextCursor,
  };
}

export const countUnread = async (deps: Pick<ApiDeps, 'prisma'>, personId: string): Promise<number> =>
  deps.prisma.notification.count({ where: { ...(await told(deps, personId)), readAt: null } });

/** A person's notifications but those of kinds he muted. */
async function told(deps: Pick<ApiDeps, 'prisma'>, personId: string): Promise<Prisma.NotificationWhereInput> {
  const muted = await deps.prisma.mutedNotification.findMany({ where: { personId }, select: { kind: true } });
  return { personId, kind: { notIn: muted.map(({ kind }) => kind) } };
}
