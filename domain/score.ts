/**
 * 年度评分 of one account (Article 10.3): how it stands, from what the system knows of it and what its manager reported. The parts follow
 * Articles 6, 10 and 12; their weights are policy, and all of it is advisory (系统默认). What cannot be measured counts neither way.
 */
import { counting, figureForGrade, type SourcedTotal } from './contractTotals.ts';
import type { PolicyValues } from './policy.ts';
import type { ReviewOption } from './review.ts';

export const scoreParts = ['totals', 'payment', 'performance', 'cooperation', 'credit', 'visits', 'planned'] as const;
export type ScorePart = (typeof scoreParts)[number];

/** What the score looks at. Amounts are fen, as strings; a rating is 1–5; null where nothing is known. */
export type ScoreInputs = {
  /** The contract figure that counts, and the line of the account's grade. */
  readonly totalsFen: string;
  readonly lineFen: string;
  /** What was due from the client's projects, and what it has paid of it. */
  readonly receivableFen: string | null;
  readonly receivedFen: string | null;
  readonly performance: number | null;
  readonly cooperation: number | null;
  readonly credit: number | null;
  /** Visits in the assessment year: done, and due by the policy's interval. */
  readonly visitsDone: number;
  readonly visitsDue: number;
  /** The contract amount of the projects still to come. */
  readonly plannedFen: string;
  /** All contract totals as they stood, from which both were taken; absent in scores that were given before they were kept. */
  readonly totals?: readonly KeptTotal[];
};

/** A contract total in a proof: `fen` as a string. */
export type KeptTotal = Omit<SourcedTotal, 'fen'> & { readonly fen: string };

/** What a score takes from the contract totals of an assessment year, by the figure and the source that the policy counts (Article 12). */
export function contractInputs(
  totals: readonly SourcedTotal[],
  { contractSource, gradeFigure }: Pick<PolicyValues, 'contractSource' | 'gradeFigure'>,
  year: number,
): Pick<ScoreInputs, 'totalsFen' | 'plannedFen'> {
  const counted = counting(totals, contractSource);
  const planned = counted.find(({ kind }) => kind === 'expected')?.fen ?? 0n;
  return { totalsFen: String(figureForGrade(counted, gradeFigure, year)), plannedFen: String(planned) };
}

export type ScoreRule = Pick<
  PolicyValues,
  | 'weightTotals'
  | 'weightPayment'
  | 'weightPerformance'
  | 'weightCooperation'
  | 'weightCredit'
  | 'weightVisits'
  | 'weightPlanned'
  | 'intensifyFrom'
  | 'terminateBelow'
>;

/** `value` 0–100; null where it cannot be measured. */
export type ScoredPart = { readonly part: ScorePart; readonly weight: number; readonly value: number | null };

/** The proof of a score: plain JSON, from which it is recomputed. `total` is 0–100, null where nothing can be measured. */
export type Score = {
  readonly rule: ScoreRule;
  readonly inputs: ScoreInputs;
  readonly parts: readonly ScoredPart[];
  readonly total: number | null;
  readonly suggests: ReviewOption;
};

/** What `a` is of `b`, 0–100, whole; 100 where nothing is asked. */
function percentOf(a: bigint, b: bigint): number {
  if (b <= 0n) return 100;
  const percent = (a * 100n) / b;
  return percent < 0n ? 0 : Number(percent > 100n ? 100n : percent);
}

const rated = (rating: number | null): number | null => (rating === null ? null : (rating - 1) * 25);

/** The score of an account, and what it suggests: maintain unless it is high, or low (系统默认). */
export function scoreOf(inputs: ScoreInputs, policy: ScoreRule): Score {
  const rule = ruleIn(policy);
  const { receivableFen, receivedFen } = inputs;
  const line = BigInt(inputs.lineFen);
  const values: Readonly<Record<ScorePart, number | null>> = {
    totals: percentOf(BigInt(inputs.totalsFen), line),
    payment:
      receivableFen === null || BigInt(receivableFen) <= 0n
        ? null
        : percentOf(BigInt(receivedFen ?? '0'), BigInt(receivableFen)),
    performance: rated(inputs.performance),
    cooperation: rated(inputs.cooperation),
    credit: rated(inputs.credit),
    visits: inputs.visitsDue === 0 ? null : percentOf(BigInt(inputs.visitsDone), BigInt(inputs.visitsDue)),
    planned: percentOf(BigInt(inputs.plannedFen), line),
  };
  const parts = scoreParts.map((part) => ({ part, weight: weightOf(part, rule), value: values[part] }));
  const measured = parts.flatMap(({ weight, value }) => (value === null ? [] : [{ weight, value }]));
  const weights = measured.reduce((sum, { weight }) => sum + weight, 0);
  const total =
    weights === 0 ? null : Math.round(measured.reduce((sum, { weight, value }) => sum + weight * value, 0) / weights);
  return { rule, inputs, parts, total, suggests: suggestionOf(total, rule) };
}

/** Of a policy what the score rests on, and no more: it is kept with the score. */
const ruleIn = (policy: ScoreRule): ScoreRule => ({
  weightTotals: policy.weightTotals,
  weightPayment: policy.weightPayment,
  weightPerformance: policy.weightPerformance,
  weightCooperation: policy.weightCooperation,
  weightCredit: policy.weightCredit,
  weightVisits: policy.weightVisits,
  weightPlanned: policy.weightPlanned,
  intensifyFrom: policy.intensifyFrom,
  terminateBelow: policy.terminateBelow,
});

const weightOf = (part: ScorePart, rule: ScoreRule): number =>
  rule[`weight${part.charAt(0).toUpperCase()}${part.slice(1)}` as `weight${Capitalize<ScorePart>}`];

function suggestionOf(total: number | null, { intensifyFrom, terminateBelow }: ScoreRule): ReviewOption {
  if (total === null) return 'maintain';
  if (total >= intensifyFrom) return 'intensify';
  return total < terminateBelow ? 'terminate' : 'maintain';
}

/** Whether a stored score follows from its inputs and its rule. */
export const isRecomputed = (score: Score): boolean =>
  JSON.stringify(scoreOf(score.inputs, score.rule)) === JSON.stringify(score);
