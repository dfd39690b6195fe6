import { z } from 'zod';
import { draftForm } from './recommendationForm.ts';
import type { Route } from './route.ts';
import { id, idParams, reason, receipt, time } from './shared.ts';

export const recommendationView = z
  .strictObject({
    caseId: id,
    number: z.string(),
    state: z.string(),
    /** Sent back as If-Match; also the ETag. */
    version: z.number().int(),
    form: draftForm,
    /** Whether the signed-in person may edit it now. */
    editable: z.boolean(),
    /** Paths of what is still missing before it may be submitted. */
    missing: z.array(z.string()),
    updatedAt: time,
  })
  .meta({ id: 'RecommendationView' });
export type RecommendationView = z.infer<typeof recommendationView>;

export const newRecommendation = z.strictObject({
  form: draftForm,
  /** The ended recommendation this one takes up again. */
  linkedCaseId: id.optional(),
});

export const submission = z.strictObject({
  /** 提请特别审议 below the line of Article 12. */
  specialConsideration: z.strictObject({ reason }).optional(),
  /** Recommending a client outside one's territory (7.1) needs a reason. */
  outsideTerritoryReason: reason.optional(),
});

export const withdrawal = z.strictObject({ reason });

export const newCoRecommendation = z.strictObject({
  /** The form whose client turned out to be in progress. */
  caseId: id,
  reason,
});

export const recommendationRoutes = {
  create: {
    method: 'post',
    path: '/recommendations',
    summary: 'Begin a draft; anything may still be missing',
    roles: ['submitter', 'unitHead', 'marketingDeputy'],
    writes: true,
    body: newRecommendation,
    status: 201,
    response: recommendationView,
  },
  read: {
    method: 'get',
    path: '/recommendations/{id}',
    summary: 'The form',
    params: idParams,
    response: recommendationView,
  },
  edit: {
    method: 'put',
    path: '/recommendations/{id}',
    summary: 'Replace the form of a draft, or of one returned for supplementing',
    ifMatch: true,
    params: idParams,
    body: z.strictObject({ form: draftForm }),
    response: recommendationView,
  },
  submit: {
    method: 'post',
    path: '/recommendations/{id}/submit',
    summary: 'Submit; takes the client (7.1) and grades it (12)',
    writes: true,
    params: idParams,
    body: submission,
    response: receipt,
  },
  withdraw: {
    method: 'post',
    path: '/recommendations/{id}/withdraw',
    summary: 'Withdraw: the submitter or his unit’s head',
    writes: true,
    params: idParams,
    body: withdrawal,
    response: receipt,
  },
  coRecommend: {
    method: 'post',
    path: '/co-recommendations',
    summary: 'Ask to join the recommendation in progress on this draft’s client (7.4)',
    writes: true,
    body: newCoRecommendation,
    status: 201,
    response: z.strictObject({ asked: z.literal(true) }),
  },
} as const satisfies Record<string, Route>;
