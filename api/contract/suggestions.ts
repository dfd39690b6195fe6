import { z } from 'zod';
import { measureStates, planResults, planStates } from '../../domain/plan.ts';
import { severities, suggestionKinds } from '../../domain/suggestion.ts';
import { suggestionForm } from '../../forms/suggestion.ts';
import type { Route } from './route.ts';
import { day, id, idParams, listOf, pageQuery, personRef, time, unitRef } from './shared.ts';

const started = z.strictObject({ caseId: id });

/** A measure on the board: what, by whom, until when, and what has become of it. */
export const measureView = z
  .strictObject({
    id,
    ord: z.number().int(),
    text: z.string(),
    owner: personRef,
    dueOn: day,
    /** The day it was first due, where a new one was set since. */
    firstDueOn: day,
    state: z.enum(measureStates),
    overdue: z.boolean(),
    reportedAt: time.nullable(),
    doneAt: time.nullable(),
    confirmedBy: personRef.nullable(),
    /** The owner's latest word on it. */
    lastNote: z.strictObject({ by: personRef.nullable(), at: time }).nullable(),
  })
  .meta({ id: 'Measure' });
export type MeasureView = z.infer<typeof measureView>;

export const planView = z
  .strictObject({
    id,
    caseId: id,
    /** The number of the case, and whether the reader may open it. */
    number: z.string(),
    readable: z.boolean(),
    process: z.string(),
    state: z.enum(planStates),
    result: z.enum(planResults).nullable(),
    aim: z.string(),
    openedAt: time,
    closedAt: time.nullable(),
    measures: z.array(measureView),
  })
  .meta({ id: 'Plan' });
export type PlanView = z.infer<typeof planView>;

export const suggestionView = z
  .strictObject({
    caseId: id,
    number: z.string(),
    readable: z.boolean(),
    kind: z.enum(suggestionKinds),
    severity: z.enum(severities).nullable(),
    state: z.string(),
    stateKey: z.string(),
    terminal: z.boolean(),
    raisedBy: personRef,
    openedAt: time,
    closedAt: time.nullable(),
    /** How far its plan is, where it has one. */
    plan: z.strictObject({ done: z.number().int(), of: z.number().int(), overdue: z.number().int() }).nullable(),
  })
  .meta({ id: 'Suggestion' });
export type SuggestionView = z.infer<typeof suggestionView>;

/** What a case of a suggestion is about, for who reads its contents. */
export const suggestionMatter = z.strictObject({
  process: z.literal('suggestion'),
  accountId: id,
  kind: z.enum(suggestionKinds),
  severity: z.enum(severities).nullable(),
  grounds: z.string(),
  /** What whoever raised it proposes to do. */
  measures: z.string().nullable(),
  plan: planView.nullable(),
});
export type SuggestionMatter = z.infer<typeof suggestionMatter>;

/** A measure among all that are not settled, with the account it is for. */
export const supervisedMeasure = z
  .strictObject({
    ...measureView.shape,
    caseId: id,
    number: z.string(),
    account: z.strictObject({ id, name: z.string() }),
    unit: unitRef,
  })
  .meta({ id: 'SupervisedMeasure' });
export type SupervisedMeasure = z.infer<typeof supervisedMeasure>;

export const suggestionRoutes = {
  raise: {
    method: 'post',
    path: '/accounts/{id}/suggestions',
    summary: 'Raise a risk warning, a pursuit proposal or another suggestion (6.3)',
    writes: true,
    params: idParams,
    body: suggestionForm,
    status: 201,
    response: started,
  },
  suggestions: {
    method: 'get',
    path: '/accounts/{id}/suggestions',
    summary: 'Warnings, proposals and other suggestions about an account, the open ones first',
    params: idParams,
    response: z.strictObject({
      items: z.array(suggestionView),
      nextCursor: z.null(),
      /** Whether the reader may raise one. */
      mayRaise: z.boolean(),
    }),
  },
  plans: {
    method: 'get',
    path: '/accounts/{id}/plans',
    summary: 'The plans of an account with their measures',
    params: idParams,
    response: listOf(planView),
  },
  measures: {
    method: 'get',
    path: '/measures',
    summary: 'All measures not settled, by their day: the office’s supervision 督办',
    roles: ['office'],
    query: z.strictObject({ ...pageQuery, overdue: z.enum(['true', 'false']).optional() }),
    response: listOf(supervisedMeasure),
  },
} as const satisfies Record<string, Route>;
