import { z } from 'zod';
import type { Route } from './route.ts';
import { listOf, personRef, shortText, time } from './shared.ts';

const policyValue = z.union([z.string(), z.number(), z.boolean(), z.tuple([z.number(), z.number()])]);

export const policySummary = z.strictObject({
  version: z.number().int(),
  effectiveFrom: time,
  current: z.boolean(),
  note: z.string(),
  createdBy: personRef.nullable(),
  createdAt: time,
});
export type PolicySummary = z.infer<typeof policySummary>;

export const policyView = z.strictObject({
  ...policySummary.shape,
  /** Each value with the article it rests on, or 系统默认. */
  values: z.array(
    z.strictObject({ key: z.string(), value: policyValue, basis: z.string(), zh: z.string(), en: z.string() }),
  ),
});
export type PolicyView = z.infer<typeof policyView>;

export const newPolicy = z.strictObject({
  effectiveFrom: time,
  note: shortText.min(1),
  /** Every value of the record; domain/policy.ts reads it. */
  values: z.record(z.string(), policyValue),
});

export const policyRoutes = {
  policies: { method: 'get', path: '/policies', summary: 'Versions of the policy', response: listOf(policySummary) },
  policy: {
    method: 'get',
    path: '/policies/{version}',
    summary: 'One version, each value with its article or 系统默认; `current` is the one in force',
    params: z.strictObject({ version: z.string().regex(/^(current|[1-9]\d{0,8})$/) }),
    response: policyView,
  },
  createPolicy: {
    method: 'post',
    path: '/policies',
    summary: 'Set a version that takes effect later; cases keep the one they began with (head of the office)',
    scope: 'admin',
    writes: true,
    body: newPolicy,
    status: 201,
    response: z.strictObject({ version: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
