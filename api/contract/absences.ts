import { z } from 'zod';
import type { Route } from './route.ts';
import { day, done, id, idParams, listOf, pageQuery, personRef } from './shared.ts';

export const absenceView = z.strictObject({
  id,
  person: personRef,
  firstDay: day,
  /** The last day he is away. */
  lastDay: day,
  /** The first day he is back earlier; the first day itself where it was cancelled. */
  endedOn: day.nullable(),
  state: z.enum(['coming', 'away', 'over', 'cancelled']),
  /** Who stands in for him; null without one, or once the delegation was revoked. */
  deputy: personRef.nullable(),
  enteredBy: personRef,
});
export type AbsenceView = z.infer<typeof absenceView>;

/** What everybody is told who may have to wait for him: the days, and who stands in. */
export const awayView = absenceView.pick({ person: true, firstDay: true, lastDay: true, deputy: true });

const days = { firstDay: day, lastDay: day, deputyId: id.optional() };

export const absenceRoutes = {
  absences: {
    method: 'get',
    path: '/absences',
    summary: 'My absences; `all` are everybody’s that are not over, for the office',
    query: z.strictObject({ of: z.enum(['mine', 'all']).default('mine'), personId: id.optional(), ...pageQuery }),
    response: listOf(absenceView),
  },
  away: {
    method: 'get',
    path: '/absences/away',
    summary: 'Who is away today or within two weeks, until when, and who stands in',
    response: listOf(awayView),
  },
  enterAbsence: {
    method: 'post',
    path: '/absences',
    summary: 'Enter an absence; a deputy has a delegation for its days. The office may enter one for somebody',
    writes: true,
    body: z.strictObject({ personId: id.optional(), ...days }),
    status: 201,
    response: z.strictObject({ id }),
  },
  changeAbsence: {
    method: 'put',
    path: '/absences/{id}',
    summary: 'Change an absence that has not begun',
    params: idParams,
    body: z.strictObject(days),
    response: done,
  },
  endAbsence: {
    method: 'post',
    path: '/absences/{id}/end',
    summary: 'Back earlier: end an absence today, or cancel one that has not begun; its delegation ends at once',
    writes: true,
    params: idParams,
    response: done,
  },
} as const satisfies Record<string, Route>;
