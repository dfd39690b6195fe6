import { z } from 'zod';
import type { Route } from './route.ts';
import { amount, day, gradeCode, id, personRef, time, unitRef } from './shared.ts';

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
    /** The holding by which it is on this desk: whose it is, and whether it leads the account or holds it with others (Article 7.4). */
    heldAs: z.enum(['lead', 'co']),
    unit: unitRef.nullable(),
    manager: personRef.nullable(),
    /** The unit that leads it, where this desk's holding does not. */
    lead: unitRef.nullable(),
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

/** Contract totals kept apart (Article 12): of one account, or of all accounts of a grade. */
export const deskTotals = z
  .strictObject({
    account: z.strictObject({ id, name: z.string() }).nullable(),
    grade: gradeCode,
    accounts: count,
    expectedYuan: amount,
    cumulativeYuan: amount,
    /** Concluded in the year of `today`; a part of the cumulative total where both come from one source. */
    yearYuan: amount,
  })
  .meta({ id: 'DeskTotals' });
export type DeskTotals = z.infer<typeof deskTotals>;

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
    /** On a unit's desk an account held by several of its managers is counted under each. */
    groups: z.array(deskGroup),
    /** Account by account on a unit's desk, grade by grade on the committee's, of the accounts whose file the reader may read; largest first. */
    totals: z.array(deskTotals),
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
