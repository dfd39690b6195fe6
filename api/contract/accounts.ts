import { z } from 'zod';
import type { Route } from './route.ts';
import { day, gradeCode, id, idParams, listOf, pageQuery, personRef, time, unitRef } from './shared.ts';

const holdingView = z.strictObject({
  id,
  kind: z.enum(['lead', 'co']),
  unit: unitRef,
  manager: personRef.nullable(),
  validFrom: time,
  validTo: time.nullable(),
  decisionCaseId: id,
});

export const accountSummary = z.strictObject({
  id,
  archiveNo: z.string(),
  client: z.strictObject({ id, name: z.string() }),
  grade: gradeCode,
  managedBy: gradeCode,
  state: z.string(),
  onList: z.boolean(),
  establishedOn: day,
  unit: unitRef.nullable(),
  manager: personRef.nullable(),
});
export type AccountSummary = z.infer<typeof accountSummary>;

export const accountView = z
  .strictObject({
    ...accountSummary.shape,
    decisionCaseId: id,
    terminatedOn: day.nullable(),
    holdings: z.array(holdingView),
    entities: z.array(
      z.strictObject({ name: z.string(), code: z.string().nullable(), relation: z.string().nullable() }),
    ),
  })
  .meta({ id: 'AccountView' });
export type AccountView = z.infer<typeof accountView>;

export const accountRoutes = {
  accounts: {
    method: 'get',
    path: '/accounts',
    summary: 'Key accounts',
    query: z.strictObject({
      unitId: id.optional(),
      /** How that unit holds it. */
      kind: z.enum(['lead', 'co']).optional(),
      /** A province or city of GB/T 2260 in which contracts were expected when the account was established. */
      regionCode: z
        .string()
        .regex(/^[1-9]\d(\d{2})?0{2,4}$/)
        .length(6)
        .optional(),
      grade: gradeCode.optional(),
      state: z.string().max(40).optional(),
      ...pageQuery,
    }),
    response: listOf(accountSummary),
  },
  account: {
    method: 'get',
    path: '/accounts/{id}',
    summary: 'One key account with its holders',
    params: idParams,
    response: accountView,
  },
} as const satisfies Record<string, Route>;
