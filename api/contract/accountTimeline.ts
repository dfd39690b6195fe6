import { z } from 'zod';
import type { Route } from './route.ts';
import { gradeCode, id, idParams, listOf, pageQuery, personRef, time, unitRef } from './shared.ts';

/** Something that happened to a key account. It holds nothing confidential: what was said at a visit stands with the visit. */
export const accountEvent = z
  .strictObject({
    key: z.string(),
    at: time,
    kind: z.enum([
      'established',
      'terminated',
      'holdingBegan',
      'holdingEnded',
      'caseOpened',
      'caseClosed',
      'regraded',
      'visitDone',
      'reported',
      'marketingTaskSet',
      'marketingTaskDone',
      'marketingTaskDropped',
      'marketingTaskEnded',
    ]),
    /** Who did it, or whom it is about. */
    person: personRef.nullable(),
    unit: unitRef.nullable(),
    /** How a unit holds the account. */
    holding: z.enum(['lead', 'co']).nullable(),
    /** The grade it holds from then on. */
    grade: gradeCode.nullable(),
    /** The case that began or ended, and where it stands now. */
    case: z.strictObject({ id, number: z.string(), process: z.string(), stateKey: z.string() }).nullable(),
  })
  .meta({ id: 'AccountEvent' });
export type AccountEvent = z.infer<typeof accountEvent>;

export const accountTimelineRoutes = {
  accountTimeline: {
    method: 'get',
    path: '/accounts/{id}/timeline',
    summary: 'What happened to a key account as far as the reader may see it, the latest first',
    params: idParams,
    query: z.strictObject(pageQuery),
    response: listOf(accountEvent),
  },
} as const satisfies Record<string, Route>;
