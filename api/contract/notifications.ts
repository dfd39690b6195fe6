import { z } from 'zod';
import type { Route } from './route.ts';
import { done, id, idParams, listOf, pageQuery, shortText, time } from './shared.ts';

export const notificationView = z
  .strictObject({
    id,
    kind: z.string(),
    at: time,
    readAt: time.nullable(),
    /** Null where there is none, or none this person may read any more. */
    case: z.strictObject({ id, number: z.string(), title: z.string(), state: z.string() }).nullable(),
    taskKind: z.string().nullable(),
    /** The key account it is about, where it is about one, and this person may still know of it. */
    account: z.strictObject({ id, name: z.string() }).nullable(),
  })
  .meta({ id: 'Notification' });
export type NotificationView = z.infer<typeof notificationView>;

export const muting = z.strictObject({
  kinds: z.array(z.strictObject({ kind: z.string(), muted: z.boolean() })),
});
export type Muting = z.infer<typeof muting>;

export const notificationRoutes = {
  list: {
    method: 'get',
    path: '/notifications',
    summary: 'What I was told of, the latest first; without what I muted',
    query: z.strictObject({ unread: z.stringbool().default(false), ...pageQuery }),
    response: listOf(notificationView),
  },
  unread: {
    method: 'get',
    path: '/notifications/unread',
    summary: 'How many of them I have not read',
    response: z.strictObject({ count: z.number().int() }),
  },
  readAll: {
    method: 'post',
    path: '/notifications/read',
    summary: 'Mark all read up to an instant; what came after it stays unread',
    writes: true,
    body: z.strictObject({ until: time }),
    response: z.strictObject({ read: z.number().int() }),
  },
  muting: {
    method: 'get',
    path: '/notifications/muting',
    summary: 'Which kinds can be muted, and which are',
    response: muting,
  },
  mute: {
    method: 'put',
    path: '/notifications/muting',
    summary: 'Mute these kinds and no others; what is asked of oneself cannot be muted',
    writes: true,
    body: z.strictObject({ muted: z.array(shortText).max(30) }),
    response: muting,
  },
  read: {
    method: 'post',
    path: '/notifications/{id}/read',
    summary: 'Mark one read',
    writes: true,
    params: idParams,
    response: done,
  },
} as const satisfies Record<string, Route>;
