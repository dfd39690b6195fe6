import { z } from 'zod';
import { breachForm } from '../../forms/breach.ts';
import type { Route } from './route.ts';
import { day, id, idParams, unitRef } from './shared.ts';

/** What a reported breach is about: by whom it is said to be, against whom, and what is said to both sides. */
export const breachMatter = z.strictObject({
  process: z.literal('breach'),
  accountId: id,
  holder: unitRef,
  accused: unitRef,
  happenedOn: day,
  evidence: z.string(),
  /** The accused unit's; null while it has not spoken, or where it was silent. */
  statement: z.string().nullable(),
  /** What the office recorded as following from it. */
  consequence: z.string().nullable(),
});
export type BreachMatter = z.infer<typeof breachMatter>;

export const breachRoutes = {
  report: {
    method: 'post',
    path: '/accounts/{id}/breaches',
    summary: 'Report with evidence that a unit develops a client another holds (7.3)',
    writes: true,
    params: idParams,
    body: breachForm,
    status: 201,
    response: z.strictObject({ caseId: id }),
  },
} as const satisfies Record<string, Route>;
