import { z } from 'zod';
import type { Route } from './route.ts';
import { day, listOf, personRef, shortText, time } from './shared.ts';

const calendarYear = z.strictObject({
  off: z.array(day).max(366),
  work: z.array(day).max(366),
  /** The state has not published this year yet. */
  provisional: z.boolean().optional(),
});

export const calendarView = z.strictObject({
  version: z.string(),
  current: z.boolean(),
  years: z.record(z.string(), calendarYear),
  source: z.string(),
  importedBy: personRef.nullable(),
  importedAt: time,
});
export type CalendarView = z.infer<typeof calendarView>;

export const newCalendar = z.strictObject({
  version: z.string().trim().min(1).max(100),
  source: shortText.min(1),
  years: z.record(z.string().regex(/^[1-9]\d{3}$/), calendarYear),
});

/** What a calendar would change for open tasks: deadlines move later, and never earlier. */
export const calendarEffects = z.strictObject({
  later: z.number().int(),
  tasks: z.array(z.strictObject({ caseNumber: z.string(), kind: z.string(), dueAt: time, becomes: time })),
});

export type CalendarEffects = z.infer<typeof calendarEffects>;

export const calendarRoutes = {
  calendarEffects: {
    method: 'post',
    path: '/calendars/effects',
    summary: 'Which open deadlines an import would move, before it is imported',
    scope: 'read',
    roles: ['office', 'systemAdmin'],
    body: z.strictObject({ years: z.record(z.string().regex(/^[1-9]\d{3}$/), calendarYear) }),
    response: calendarEffects,
  },
  calendars: {
    method: 'get',
    path: '/calendars',
    summary: 'Holiday calendars, the one in force first',
    response: listOf(calendarView),
  },
  importCalendar: {
    method: 'post',
    path: '/calendars',
    summary: 'Import a holiday calendar or the company’s days off',
    scope: 'admin',
    roles: ['office', 'systemAdmin'],
    writes: true,
    body: newCalendar,
    status: 201,
    response: z.strictObject({ version: z.string() }),
  },
} as const satisfies Record<string, Route>;
