/** What a campaign came to, counted (Article 10.3). */
import type { Grade } from './grading.ts';
import type { ReviewOption } from './review.ts';

/** Of one account's review what is counted. */
export type Reviewed = {
  readonly state: string;
  readonly outcome: ReviewOption | null;
  /** False where the committee came to no decision and the mildest holds. */
  readonly decided: boolean | null;
  readonly dataAtHand: boolean;
  readonly score: number | null;
  readonly gradeBefore: Grade;
  readonly gradeAfter: Grade | null;
};

export const counts = [
  ...(['accounts', 'maintain', 'intensify', 'terminate', 'notDecided', 'dataAtHand', 'ended', 'excluded'] as const),
  ...(['open', 'upgraded', 'downgraded'] as const),
] as const;
export type Count = (typeof counts)[number];

/** `notDecided` are among those maintained; `ended` ended without a decision; `meanScore` is rounded, null where none was scored. */
export type Figures = Readonly<Record<Count, number>> & { readonly meanScore: number | null };

export function figuresOf(reviews: readonly Reviewed[]): Figures {
  const count = (is: (review: Reviewed) => boolean) => reviews.filter(is).length;
  const scores = reviews.flatMap(({ score }) => (score === null ? [] : [score]));
  const moved = (from: Grade) => (review: Reviewed) => change(review)?.from === from;
  return {
    accounts: reviews.length,
    maintain: count(({ outcome }) => outcome === 'maintain'),
    intensify: count(({ outcome }) => outcome === 'intensify'),
    terminate: count(({ outcome }) => outcome === 'terminate'),
    notDecided: count(({ decided }) => decided === false),
    dataAtHand: count(({ dataAtHand }) => dataAtHand),
    ended: count(({ state, outcome }) => state === 'finished' && outcome === null),
    excluded: count(({ state }) => state === 'excluded'),
    open: count(({ state }) => ['waiting', 'open'].includes(state)),
    upgraded: count(moved('branch')),
    downgraded: count(moved('company')),
    meanScore: scores.length === 0 ? null : Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length),
  };
}

/** The change of grade that was decided with it, or null (Article 12). */
export function change({ gradeBefore, gradeAfter }: Reviewed): { readonly from: Grade; readonly to: Grade } | null {
  return gradeAfter === null || gradeAfter === gradeBefore ? null : { from: gradeBefore, to: gradeAfter };
}

/** How many were scored 0–9, 10–19, … 90–100. */
export function scoreBands(reviews: readonly Reviewed[]): readonly number[] {
  const bands = Array.from({ length: 10 }, () => 0);
  for (const { score } of reviews) {
    if (score === null) continue;
    const at = Math.min(9, Math.floor(score / 10));
    bands[at] = (bands[at] ?? 0) + 1;
  }
  return bands;
}
