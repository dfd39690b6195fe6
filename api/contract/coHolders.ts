import { z } from 'zod';
import { grounds } from '../../domain/reassignment.ts';
import { coHolderForm } from '../../forms/coHolder.ts';
import type { Route } from './route.ts';
import { amount, id, idParams, personRef, reason, shortText, time, unitRef } from './shared.ts';

/** What a case about a co-holder is about (Article 7.4). */
export const coHolderMatter = z.strictObject({
  process: z.literal('coHolder'),
  accountId: id,
  /** The unit that is to hold the account too, or gives that up. */
  unit: unitRef,
  lead: unitRef.nullable(),
  /** The unit holds the account already: it is to have a second manager. */
  secondManager: z.boolean(),
  regionCodes: z.array(z.string()),
  volumeYuan: amount.nullable(),
  /** It came of a co-recommendation that was accepted, by itself. */
  coRecommended: z.boolean(),
  reason: z.string().nullable(),
  nominee: personRef.nullable(),
});
export type CoHolderMatter = z.infer<typeof coHolderMatter>;

const coHolderView = z.strictObject({
  holdingId: id,
  unit: unitRef,
  manager: personRef.nullable(),
  validFrom: time,
  validTo: time.nullable(),
  /** Null where it was taken over from a ledger. */
  decisionCaseId: id.nullable(),
  /** Whether the reader may end it, and whether only with the unit's consent. */
  mayEnd: z.enum(['yes', 'withConsent', 'no']),
  /** The grounds on which the reader may ask that its manager or unit be replaced, or that it end against the unit’s will; none, he may not. */
  reassignableOn: z.array(z.enum(grounds)),
});

export const coHoldersView = z
  .strictObject({
    /** In order of addition. */
    items: z.array(coHolderView),
    /** The units the reader may propose, himself among their officers or for the committee. */
    proposable: z.array(unitRef),
  })
  .meta({ id: 'CoHoldersView' });
export type CoHoldersView = z.infer<typeof coHoldersView>;

export const coHolderRoutes = {
  list: {
    method: 'get',
    path: '/accounts/{id}/co-holders',
    summary: 'The units and managers added to an account’s holders (7.4), and whom one may propose',
    params: idParams,
    response: coHoldersView,
  },
  propose: {
    method: 'post',
    path: '/accounts/{id}/co-holders',
    summary: 'Propose a co-holder (7.4): a unit’s officer his own unit, the committee or the office any',
    writes: true,
    params: idParams,
    body: coHolderForm,
    status: 201,
    response: z.strictObject({ caseId: id }),
  },
  end: {
    method: 'post',
    path: '/accounts/{id}/co-holders/{holdingId}/end',
    summary: 'End a co-holding with its unit’s wish; the office names the document in which the unit consents',
    writes: true,
    params: z.strictObject({ id, holdingId: id }),
    body: z.strictObject({ reason, consentDocument: shortText.min(1).optional() }),
    status: 201,
    response: z.strictObject({ caseId: id }),
  },
} as const satisfies Record<string, Route>;
