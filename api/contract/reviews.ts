import { z } from 'zod';
import { reviewOptions } from '../../domain/review.ts';
import { scoreParts } from '../../domain/score.ts';
import type { Route } from './route.ts';
import { amount, gradeCode, id, idParams, listOf, longText, personRef, receipt, time } from './shared.ts';
import { planView } from './suggestions.ts';

const option = z.enum(reviewOptions);
const percent = z.number().int();
const rating = z.number().int().nullable();

/** 年度评分: its parts with what each looked at, and what it suggests. A part without a value could not be measured. */
export const scoreOfYear = z
  .strictObject({
    total: percent.nullable(),
    suggests: option,
    parts: z.array(z.strictObject({ part: z.enum(scoreParts), weight: z.number().int(), value: percent.nullable() })),
    inputs: z.strictObject({
      totalsYuan: amount,
      lineYuan: amount,
      receivableYuan: amount.nullable(),
      receivedYuan: amount.nullable(),
      performance: rating,
      cooperation: rating,
      credit: rating,
      visitsDone: z.number().int(),
      visitsDue: z.number().int(),
      plannedYuan: amount,
    }),
    intensifyFrom: percent,
    terminateBelow: percent,
  })
  .meta({ id: 'ScoreOfYear' });
export type ScoreOfYear = z.infer<typeof scoreOfYear>;

/** 不同意见: what a member of the committee differs in, and where the review stood then. */
export const dissentView = z.strictObject({ by: personRef, at: time, step: z.string(), reason: z.string() });

/** What the review of an account is about, for who reads the case's contents; the score for who reads the account's file, decides on it or did. */
export const reviewMatter = z.strictObject({
  process: z.literal('review'),
  accountId: id,
  year: z.number().int(),
  /** Whether the reader is shown the score and what was said on it. */
  readsFile: z.boolean(),
  /** Nobody reported: it is decided on the data at hand. */
  dataAtHand: z.boolean(),
  gradeHeld: gradeCode,
  /** The grade the totals give, where it is another than the account holds. */
  gradeProposed: gradeCode.nullable(),
  /** The grade from this review on, once it is settled. */
  gradeAfter: gradeCode.nullable(),
  score: scoreOfYear.nullable(),
  /** What the office proposes. */
  proposal: z
    .strictObject({ option, regrades: z.boolean(), by: personRef, at: time, reason: z.string().nullable() })
    .nullable(),
  before: z
    .strictObject({
      year: z.number().int(),
      score: percent.nullable(),
      outcome: option,
      decided: z.boolean().nullable(),
      /** Null where the reader may not open it. */
      caseId: id.nullable(),
    })
    .nullable(),
  outcome: option.nullable(),
  /** False where the committee came to no decision and the mildest holds. */
  decided: z.boolean().nullable(),
  /** Who had it decided singly 提出单独审议; the reason for who is shown what was said. */
  pulledOut: z.strictObject({ by: personRef, at: time, reason: z.string().nullable() }).nullable(),
  /** The latest of each member. */
  dissents: z.array(dissentView),
  mayDissent: z.boolean(),
  plan: planView.nullable(),
});
export type ReviewMatter = z.infer<typeof reviewMatter>;

/** One year of an account. */
export const reviewOfYear = z
  .strictObject({
    year: z.number().int(),
    state: z.string(),
    caseId: id.nullable(),
    score: percent.nullable(),
    dataAtHand: z.boolean(),
    outcome: option.nullable(),
    decided: z.boolean().nullable(),
    gradeBefore: gradeCode,
    gradeAfter: gradeCode.nullable(),
    finishedAt: time.nullable(),
  })
  .meta({ id: 'ReviewOfYear' });
export type ReviewOfYear = z.infer<typeof reviewOfYear>;

export const reviewRoutes = {
  reviews: {
    method: 'get',
    path: '/accounts/{id}/reviews',
    summary: 'How an account was evaluated year by year, the latest first (10.3)',
    params: idParams,
    response: listOf(reviewOfYear),
  },
  dissent: {
    method: 'post',
    path: '/cases/{id}/dissents',
    summary: 'Differ from the evaluation of an account 不同意见; what one says next stands in its place',
    writes: true,
    params: idParams,
    body: z.strictObject({ reason: longText.min(1) }),
    status: 201,
    response: receipt,
  },
} as const satisfies Record<string, Route>;
