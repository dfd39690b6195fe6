import { z } from 'zod';
import type { Route } from './route.ts';
import { day, done, id, idParams, listOf, personRef, reason, time } from './shared.ts';

/** 营销任务及完成 (Article 6.1, annex 4). */
export const marketingTaskView = z
  .strictObject({
    id,
    account: z.strictObject({ id, name: z.string() }),
    what: z.string(),
    /** The last day on which it is in time. */
    dueOn: day,
    owner: personRef,
    /** Ended: cooperation with its account ended before it was done. */
    state: z.enum(['open', 'done', 'dropped', 'ended']),
    isOverdue: z.boolean(),
    setBy: personRef,
    setAt: time,
    /** Null while it is open, and where it ended with its account. */
    closedBy: personRef.nullable(),
    closedAt: time.nullable(),
    /** What came of it, or why it was dropped. */
    answer: z.string().nullable(),
    mayFulfil: z.boolean(),
    mayDrop: z.boolean(),
  })
  .meta({ id: 'MarketingTask' });
export type MarketingTaskView = z.infer<typeof marketingTaskView>;

export const marketingTaskRoutes = {
  marketingTasks: {
    method: 'get',
    path: '/accounts/{id}/marketing-tasks',
    summary: 'The marketing tasks of a key account, the open ones first; for who reads its file, on record',
    params: idParams,
    response: z.strictObject({
      items: z.array(marketingTaskView),
      nextCursor: z.null(),
      /** Whether the reader may set one. */
      maySet: z.boolean(),
    }),
  },
  myMarketingTasks: {
    method: 'get',
    path: '/me/marketing-tasks',
    summary: 'What I am to do for key accounts, the earliest due first',
    response: listOf(marketingTaskView),
  },
  setMarketingTask: {
    method: 'post',
    path: '/accounts/{id}/marketing-tasks',
    summary: 'Set a marketing task: the account’s manager, or the head of a holding unit',
    writes: true,
    params: idParams,
    body: z.strictObject({ what: reason, dueOn: day, ownerId: id }),
    status: 201,
    response: z.strictObject({ id }),
  },
  fulfilMarketingTask: {
    method: 'post',
    path: '/marketing-tasks/{id}/fulfil',
    summary: 'A marketing task is done, with what came of it',
    writes: true,
    params: idParams,
    body: z.strictObject({ answer: reason }),
    response: done,
  },
  dropMarketingTask: {
    method: 'post',
    path: '/marketing-tasks/{id}/drop',
    summary: 'A marketing task is dropped, with why: who set it, or the head',
    writes: true,
    params: idParams,
    body: z.strictObject({ answer: reason }),
    response: done,
  },
} as const satisfies Record<string, Route>;
