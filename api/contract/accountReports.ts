import { z } from 'zod';
import { duties, levels } from '../../domain/accountClock.ts';
import { accountReportForm } from '../../forms/accountReport.ts';
import type { Route } from './route.ts';
import { day, id, idParams, personRef, time } from './shared.ts';

const accountReportView = z.strictObject({
  id,
  /** The days it covers, both counted. */
  fromOn: day,
  toOn: day,
  by: personRef,
  enteredAt: time,
  ...accountReportForm.shape,
});

/** Something that falls due for an account by the calendar, and who was told of it. */
const dutyView = z
  .strictObject({
    duty: z.enum(duties),
    /** The last day on which it is in time. */
    dueOn: day,
    isOverdue: z.boolean(),
    told: z.array(z.strictObject({ level: z.enum(levels), at: time })),
    /** Who is told next, and when; null where nobody is any more. */
    next: z.strictObject({ level: z.enum(levels), at: time }).nullable(),
  })
  .meta({ id: 'AccountDuty' });
export type DutyView = z.infer<typeof dutyView>;

/** 定时上报 (Article 6.2), and what else falls due for a key account (Articles 6.1, 8). */
export const accountReportRoutes = {
  duties: {
    method: 'get',
    path: '/accounts/{id}/duties',
    summary:
      'What falls due for a key account, visits, reports and a vacancy, and who was told of it; for who reads its file',
    params: idParams,
    response: z.strictObject({ items: z.array(dutyView), nextCursor: z.null() }),
  },
  reports: {
    method: 'get',
    path: '/accounts/{id}/reports',
    summary: 'What was reported of a key account, the newest first; for who reads its file, on record',
    params: idParams,
    response: z.strictObject({
      items: z.array(accountReportView),
      nextCursor: z.null(),
      mayReport: z.boolean(),
    }),
  },
  report: {
    method: 'post',
    path: '/accounts/{id}/reports',
    summary: 'Report on a key account, for the time since the last report: who keeps its file',
    writes: true,
    params: idParams,
    body: accountReportForm,
    status: 201,
    response: z.strictObject({ id }),
  },
} as const satisfies Record<string, Route>;
