import { z } from 'zod';
import type { Route } from './route.ts';
import { day, gradeCode, id, personRef, time, unitRef } from './shared.ts';

const count = z.number().int();

/** Something to be done. A task of a case is opened as such; everything else on the page of its account. */
export const deskItem = z
  .strictObject({
    kind: z.enum(['task', 'visitDue', 'visitPlanned', 'reportDue', 'vacancy', 'marketingTask', 'measure']),
    id,
    /** The last day on which it is in time; null for a task without a deadline. */
    dueOn: day.nullable(),
    standing: z.enum(['overdue', 'today', 'soon', 'later']),
    account: z.strictObject({ id, name: z.string() }).nullable(),
    /** Whose it is. */
    person: personRef.nullable(),
    task: z.strictObject({ caseId: id, kind: z.string(), title: z.string() }).nullable(),
  })
  .meta({ id: 'DeskItem' });
export type DeskItem = z.infer<typeof deskItem>;

/** An account as it stands: until when it is to be visited and reported on, and what else is to be seen to, the gravest first. */
export const deskAccount = z
  .strictObject({
    id,
    archiveNo: z.string(),
    name: z.string(),
    grade: gradeCode,
    managedBy: gradeCode,
    state: z.string(),
    unit: unitRef.nullable(),
    manager: personRef.nullable(),
    health: z.enum(['good', 'attention', 'trouble']),
    signs: z.array(z.string()),
    lastVisitOn: day.nullable(),
    visitDueOn: day,
    /** Days from one visit to the next by the policy in force. */
    visitDays: count,
    reportDueOn: day,
    warnings: count,
    openCases: count,
  })
  .meta({ id: 'DeskAccount' });
export type DeskAccount = z.infer<typeof deskAccount>;

/** How the accounts of one manager (on a unit's desk) or of one unit (on the committee's) stand. */
export const deskGroup = z
  .strictObject({
    unit: unitRef.nullable(),
    manager: personRef.nullable(),
    accounts: count,
    good: count,
    attention: count,
    trouble: count,
    vacant: count,
    visitsOverdue: count,
    warnings: count,
  })
  .meta({ id: 'DeskGroup' });
export type DeskGroup = z.infer<typeof deskGroup>;

export const deskScope = z.enum(['mine', 'unit', 'company']);
export type DeskScope = z.infer<typeof deskScope>;

export const deskView = z
  .strictObject({
    scope: deskScope,
    asOf: time,
    today: day,
    /** What is overdue or due within seven days, and tasks without a deadline; the most urgent first. */
    items: z.array(deskItem),
    /** Whether there is more than is shown. */
    more: z.boolean(),
    /** The accounts whose file the reader may read; those in trouble first. On the committee's desk only those that need attention. */
    accounts: z.array(deskAccount),
    groups: z.array(deskGroup),
  })
  .meta({ id: 'Desk' });
export type DeskView = z.infer<typeof deskView>;

export const deskRoutes = {
  desk: {
    method: 'get',
    path: '/desks/{scope}',
    summary:
      'What is to be done over one’s own accounts, one’s units’ (for their heads), or the company’s (for the committee, the office and the auditor)',
    params: z.strictObject({ scope: deskScope }),
    response: deskView,
  },
} as const satisfies Record<string, Route>;
