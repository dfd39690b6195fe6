import { z } from 'zod';
import { handoverKinds } from '../../domain/handover.ts';
import { adjustments, grounds, replaced } from '../../domain/reassignment.ts';
import { reassignmentForm } from '../../forms/reassignment.ts';
import type { Route } from './route.ts';
import { id, idParams, personRef, time, unitRef } from './shared.ts';

const tick = z.strictObject({ by: personRef, at: time }).nullable();

const handoverItem = z.strictObject({
  id,
  accountId: id,
  kind: z.enum(handoverKinds),
  /** The part of the archive, the case, the visit, the project. */
  ref: z.string(),
  /** Numbers, days and codes to word it from. */
  codes: z.record(z.string(), z.json()),
  given: tick,
  taken: tick,
});
export type HandoverItemView = z.infer<typeof handoverItem>;

/** What a reassignment is about: whom it replaces and why, the accounts with who holds and who is to hold them, and what is handed over. */
export const reassignmentMatter = z
  .strictObject({
    process: z.literal('reassignment'),
    replaces: z.enum(replaced),
    ground: z.enum(grounds),
    adjustment: z.enum(adjustments).nullable(),
    /** As it was brought forward. */
    form: reassignmentForm,
    unit: unitRef,
    newUnit: unitRef.nullable(),
    accounts: z.array(
      z.strictObject({
        id,
        archiveNo: z.string(),
        client: z.string(),
        state: z.string(),
        /** Whose it was. */
        manager: personRef.nullable(),
        nominee: personRef.nullable(),
        /** Since when the nominee is in charge. */
        since: time.nullable(),
      }),
    ),
    items: z.array(handoverItem),
  })
  .meta({ id: 'ReassignmentMatter' });
export type ReassignmentMatter = z.infer<typeof reassignmentMatter>;

/** Accounts whose manager or unit is no longer there, and which no reassignment is open for. */
const unattended = z.strictObject({
  manager: personRef.nullable(),
  unit: unitRef,
  why: z.enum(['left', 'moved', 'unitDissolved']),
  accounts: z.array(z.strictObject({ id, archiveNo: z.string(), client: z.string() })),
});
export type Unattended = z.infer<typeof unattended>;

/** Accounts of one manager, or of a unit, that the reader may have reassigned in one case, and on which grounds. */
export const reassignable = z
  .strictObject({ unit: unitRef, accounts: z.number().int(), grounds: z.array(z.enum(grounds)) })
  .meta({ id: 'Reassignable' });
export type Reassignable = z.infer<typeof reassignable>;

const opened = z.strictObject({ caseId: id });

export const reassignmentRoutes = {
  reassignAccount: {
    method: 'post',
    path: '/accounts/{id}/reassignments',
    summary: 'Ask that the manager or the unit of an account be replaced (7.3, 4.3)',
    writes: true,
    params: idParams,
    body: z.strictObject({
      form: reassignmentForm,
      /** A co-holding; else it is about the lead. */
      holdingId: id.optional(),
    }),
    status: 201,
    response: opened,
  },
  reassignPerson: {
    method: 'post',
    path: '/persons/{id}/reassignments',
    summary: 'The same for all accounts of one manager, in one case',
    writes: true,
    params: idParams,
    body: z.strictObject({
      form: reassignmentForm,
      /** Where he holds accounts for several units. */
      unitId: id.optional(),
    }),
    status: 201,
    response: opened,
  },
  reassignUnit: {
    method: 'post',
    path: '/units/{id}/reassignments',
    summary: 'The same for all accounts of one unit, such as one that was dissolved',
    writes: true,
    params: idParams,
    body: z.strictObject({ form: reassignmentForm }),
    status: 201,
    response: opened,
  },
  unattended: {
    method: 'get',
    path: '/reassignments/unattended',
    summary: 'Accounts whose manager has left, or whose unit was dissolved, and which no reassignment is open for',
    roles: ['office', 'dataClerk'],
    response: z.strictObject({ items: z.array(unattended) }),
  },
} as const satisfies Record<string, Route>;
