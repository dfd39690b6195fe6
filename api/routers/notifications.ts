import { appendAudit } from '../../cases/audit.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { DomainError } from '../../domain/errors.ts';
import { mutableKinds, type NotificationKind } from '../../domain/notifications.ts';
import { notificationRoutes as routes } from '../contract/notifications.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { countUnread, notifications } from '../views/notifications.ts';

/** What one was told of, what of it is read, and what one does not want to be told of. */
export function mountNotifications({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.list, async ({ actor, query }) => notifications(deps, actor, query));

  on(routes.unread, async ({ actor }) => ({ count: await countUnread(deps, actor.personId) }));

  // Marking read twice is marking read: no answer has to be kept under the key.
  on(routes.readAll, async ({ actor: { personId }, body }) => {
    const { count } = await prisma.notification.updateMany({
      where: { personId, readAt: null, at: { lte: new Date(body.until) } },
      data: { readAt: new Date() },
    });
    return { read: count };
  });

  on(routes.read, async ({ actor: { personId }, params }) => {
    const own = { id: params.id, personId };
    if (!(await prisma.notification.findFirst({ where: own }))) throw new DomainError('notFound');
    await prisma.notification.updateMany({ where: { ...own, readAt: null }, data: { readAt: new Date() } });
    return { done: true as const };
  });

  on(routes.muting, async ({ actor }) => mutingOf(deps, actor.personId));

  on(routes.mute, async ({ actor: { personId }, body }) => {
    const muted = [...new Set(body.muted)];
    const unmutable = muted.find((kind) => !mutableKinds.includes(kind as NotificationKind));
    if (unmutable !== undefined)
      throw new DomainError('invalid', { field: 'muted', reason: mutableKinds.join(' | ') }, 'muted');
    await inTransaction(deps, async (client) => {
      await client.query('DELETE FROM muted_notifications WHERE person_id = $1', [personId]);
      await client.query('INSERT INTO muted_notifications SELECT $1, unnest($2::text[])', [personId, muted]);
      await appendAudit(client, { act: 'notifications.muted', actorId: personId, codes: { muted } });
      return { result: null, doorbell: null };
    });
    return mutingOf(deps, personId);
  });
}

async function mutingOf({ prisma }: Pick<ApiDeps, 'prisma'>, personId: string) {
  const muted = await prisma.mutedNotification.findMany({ where: { personId } });
  return { kinds: mutableKinds.map((kind) => ({ kind, muted: muted.some((row) => row.kind === kind) })) };
}
