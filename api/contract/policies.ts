import { z } from 'zod';
import { foresightView } from './foresight.ts';
import type { Route } from './route.ts';
import { done, listOf, personRef, shortText, time } from './shared.ts';

/** Numerator and denominator; described as a list of two, since not every reader of descriptions knows `prefixItems` in a choice. */
const fraction = z.tuple([z.number(), z.number()]).meta({
  override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
    delete jsonSchema.prefixItems;
    jsonSchema.items = { type: 'number' };
  },
});
const policyValue = z.union([z.string(), z.number(), z.boolean(), fraction]);

/** One value that differs from the version before. */
const policyChange = z.strictObject({ key: z.string(), from: policyValue, to: policyValue });
export type PolicyChange = z.infer<typeof policyChange>;

export const policySummary = z.strictObject({
  version: z.number().int(),
  effectiveFrom: time,
  current: z.boolean(),
  /** `pending` takes effect later; `past` was in force, or was overtaken before its time came. */
  state: z.enum(['past', 'current', 'pending', 'withdrawn']),
  note: z.string(),
  createdBy: personRef.nullable(),
  createdAt: time,
  withdrawal: z.strictObject({ by: personRef, note: z.string(), at: time }).nullable(),
  /** Against the version that precedes it in force; a withdrawn one, against the version it would have followed. */
  changes: z.array(policyChange),
  /** How many open cases keep this version. */
  openCases: z.number().int(),
});
export type PolicySummary = z.infer<typeof policySummary>;

export const policyView = z.strictObject({
  ...policySummary.shape,
  /** Each value with the article it rests on, or 系统默认. */
  values: z.array(
    z.strictObject({
      key: z.string(),
      value: policyValue,
      basis: z.string(),
      zh: z.string(),
      en: z.string(),
      group: z.string(),
      kind: z.enum(['amount', 'days', 'number', 'fraction', 'yesNo', 'choice']),
      /** What a choice may be; empty for other kinds. */
      options: z.array(z.string()),
    }),
  ),
});
export type PolicyView = z.infer<typeof policyView>;

export const newPolicy = z.strictObject({
  effectiveFrom: time,
  note: shortText.min(1),
  /** Every value of the record; domain/policy.ts reads it. */
  values: z.record(z.string(), policyValue),
  /** The newest version its author saw: refused when there is a newer one, which it would undo. */
  basedOn: z.number().int().optional(),
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
  previewPolicy: {
    method: 'post',
    path: '/policies/preview',
    summary:
      'What would change: past decisions and this year’s reviews gone through again under other values, or under a version that was set; stores nothing (committee and office)',
    scope: 'read',
    body: z.union([
      z.strictObject({ version: z.number().int().min(1).max(999_999_999) }),
      z.strictObject({
        /** Every value of the record, as for a new version. */
        values: z.record(z.string(), policyValue),
      }),
    ]),
    response: foresightView,
  },
  withdrawPolicy: {
    method: 'post',
    path: '/policies/{version}/withdraw',
    summary: 'Take a version back before it takes effect; it stays on record (head of the office)',
    scope: 'admin',
    writes: true,
    params: z.strictObject({ version: z.string().regex(/^[1-9]\d{0,8}$/) }),
    body: z.strictObject({ note: shortText.min(1) }),
    response: done,
  },
} as const satisfies Record<string, Route>;
