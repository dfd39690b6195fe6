import { z } from 'zod';
import { visitForm } from '../../forms/visit.ts';
import { attachmentView } from './cases.ts';
import type { Route } from './route.ts';
import { day, gradeCode, id, idParams, listOf, pageQuery, personRef, reason, shortText, time } from './shared.ts';

/** When the next return visit is due (Article 6.1; how often is 系统默认). */
export const visitDue = z.strictObject({
  /** The last visit that was made; null before the first. */
  lastOn: day.nullable(),
  /** The last day on which the next is in time. */
  dueOn: day,
  isOverdue: z.boolean(),
});

/** What was said of a visit; confidential (Article 6.5). */
const visitContents = z.strictObject({
  place: z.string(),
  met: z.array(z.string()),
  ours: z.array(personRef),
  summary: z.string(),
  nextStep: z.string(),
});

export const visitView = z
  .strictObject({
    id,
    state: z.enum(['planned', 'done', 'cancelled']),
    plannedOn: day.nullable(),
    visitedOn: day.nullable(),
    /** Who entered it last. */
    by: personRef,
    enteredAt: time,
    /** What a planned visit is for. */
    purpose: z.string().nullable(),
    contents: visitContents.nullable(),
    /** Why it was cancelled or corrected. */
    reason: z.string().nullable(),
    files: z.array(attachmentView),
    /** What was entered before it was corrected, the latest first. */
    earlier: z.array(
      z.strictObject({
        id,
        visitedOn: day.nullable(),
        by: personRef,
        enteredAt: time,
        contents: visitContents.nullable(),
      }),
    ),
  })
  .meta({ id: 'Visit' });
export type VisitView = z.infer<typeof visitView>;

/** The visits of one account. */
const visitList = z.strictObject({
  items: z.array(visitView),
  nextCursor: z.string().nullable(),
  /** Null for an account that was terminated. */
  due: visitDue.nullable(),
  /** Whether the reader enters visits here. */
  mayEnter: z.boolean(),
});
export type VisitList = z.infer<typeof visitList>;

/** An account one manages, and what is planned and due for it. */
const managedVisits = z.strictObject({
  account: z.strictObject({ id, name: z.string(), archiveNo: z.string(), managedBy: gradeCode, state: z.string() }),
  due: visitDue,
  planned: z.array(z.strictObject({ id, plannedOn: day })),
  /** The days of the visits of the last three months. */
  visitedOn: z.array(day),
});
export type ManagedVisits = z.infer<typeof managedVisits>;

const entered = z.strictObject({ visitId: id });
const made = { visitedOn: day, form: visitForm };

export const visitRoutes = {
  visits: {
    method: 'get',
    path: '/accounts/{id}/visits',
    summary:
      'The return visits of a key account, the latest first, and when the next is due; for who reads its file, on record',
    params: idParams,
    query: z.strictObject(pageQuery),
    response: visitList,
  },
  myVisits: {
    method: 'get',
    path: '/me/visits',
    summary: 'The accounts I manage with the visits planned and due, the earliest due first',
    response: listOf(managedVisits),
  },
  keyPersons: {
    method: 'get',
    path: '/accounts/{id}/key-persons',
    summary: 'Whom one may meet there: the posts of the archive’s key persons; for who reads its file, on record',
    params: idParams,
    response: listOf(z.strictObject({ post: z.string(), role: z.string() })),
  },
  logVisit: {
    method: 'post',
    path: '/accounts/{id}/visits',
    summary: 'Enter a return visit that was made',
    writes: true,
    params: idParams,
    body: z.strictObject(made),
    status: 201,
    response: entered,
  },
  planVisit: {
    method: 'post',
    path: '/accounts/{id}/visits/plan',
    summary: 'Plan a return visit for today or later',
    writes: true,
    params: idParams,
    body: z.strictObject({ plannedOn: day, purpose: shortText.optional() }),
    status: 201,
    response: entered,
  },
  visitDone: {
    method: 'post',
    path: '/visits/{id}/done',
    summary: 'A planned visit was made',
    writes: true,
    params: idParams,
    body: z.strictObject(made),
    response: entered,
  },
  cancelVisit: {
    method: 'post',
    path: '/visits/{id}/cancel',
    summary: 'A planned visit will not be',
    writes: true,
    params: idParams,
    body: z.strictObject({ reason }),
    response: entered,
  },
  correctVisit: {
    method: 'post',
    path: '/visits/{id}/correct',
    summary:
      'What was entered of a visit was wrong: how it was, or `to` null where it never was. What stood there stays',
    writes: true,
    params: idParams,
    body: z.strictObject({ reason, to: z.strictObject(made).nullable() }),
    status: 201,
    response: entered,
  },
} as const satisfies Record<string, Route>;
