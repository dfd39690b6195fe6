import { z } from 'zod';
import { allocationForm } from '../../forms/allocation.ts';
import { regionCode } from '../../forms/fields.ts';
import type { Route } from './route.ts';
import { amount, id, idParams, listOf, pageQuery, reason, receipt, time, unitRef } from './shared.ts';

const placeKind = z.enum(['inside', 'outside', 'uncovered', 'contested']);
export type PlaceKind = z.infer<typeof placeKind>;

/** Where a project lies, and whose turn it would be (Article 7.2). */
export const placeView = z
  .strictObject({
    kind: placeKind,
    /** The units whose territory it is. */
    covering: z.array(unitRef),
    lead: unitRef.nullable(),
    /** Who has a first choice, in order. */
    choosers: z.array(unitRef),
  })
  .meta({ id: 'ProjectPlace' });
export type PlaceView = z.infer<typeof placeView>;

/** One opinion of the consultation; silent ones are listed too, as such. */
const opinionView = z.strictObject({
  of: z.enum(['unit', 'client']),
  unit: unitRef.nullable(),
  /** The unit that should build, where the opinion names one. */
  prefers: unitRef.nullable(),
  text: z.string().nullable(),
  evidenceId: id.nullable(),
  is: z.enum(['open', 'given', 'silent']),
});

/** What a case about a project's builder is about (Article 7.2). */
export const allocationMatter = z.strictObject({
  process: z.literal('allocation'),
  accountId: id,
  projectName: z.string().nullable(),
  regionCode: z.string(),
  amountYuan: amount.nullable(),
  reason: z.string().nullable(),
  place: placeView,
  /** What each unit with a first choice made of it. */
  choices: z.array(z.strictObject({ unit: unitRef, is: z.enum(['claimed', 'left', 'silent', 'open', 'notAsked']) })),
  opinions: z.array(opinionView),
  /** What the office proposes: a unit, or none at all. */
  proposal: z
    .strictObject({ unit: unitRef.nullable(), departs: z.boolean(), reason: z.string().nullable() })
    .nullable(),
  builder: unitRef.nullable(),
  mayCancel: z.boolean(),
});
export type AllocationMatter = z.infer<typeof allocationMatter>;

export const allocationSummary = z.strictObject({
  caseId: id,
  number: z.string(),
  state: z.string(),
  stateKey: z.string(),
  /** Null for who may not read the case. */
  projectName: z.string().nullable(),
  regionCode: z.string(),
  place: placeKind,
  builder: unitRef.nullable(),
  openedAt: time,
});
export type AllocationSummary = z.infer<typeof allocationSummary>;

export const allocationRoutes = {
  list: {
    method: 'get',
    path: '/accounts/{id}/allocations',
    summary:
      'Which unit builds the account’s projects (7.2): what was decided and what is negotiated, the newest first',
    params: idParams,
    query: z.strictObject(pageQuery),
    response: listOf(allocationSummary),
  },
  place: {
    method: 'get',
    path: '/accounts/{id}/project-places/{regionCode}',
    summary: 'Whose territory a place is, seen from the account’s leading unit, and who would have the first choice',
    params: z.strictObject({ id, regionCode }),
    response: placeView,
  },
  start: {
    method: 'post',
    path: '/accounts/{id}/allocations',
    summary: 'Ask which unit builds a project; inside the leading unit’s territory that unit does, at once (7.2)',
    writes: true,
    params: idParams,
    body: allocationForm,
    status: 201,
    response: z.strictObject({ caseId: id }),
  },
  cancel: {
    method: 'post',
    path: '/allocations/{id}/cancel',
    summary: 'The project is not built after all: its negotiation lapses',
    writes: true,
    params: idParams,
    body: z.strictObject({ reason }),
    response: receipt,
  },
} as const satisfies Record<string, Route>;
