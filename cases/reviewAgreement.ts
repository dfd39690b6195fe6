import type { PoolClient } from 'pg';
import type { PlanState } from '../domain/plan.ts';
import type { ReviewCaseState, ReviewOption } from '../domain/review.ts';
import { isRecomputed, type Score } from '../domain/score.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { openForClient } from './clientSecrets.ts';
import { measuresProblems, PLAN_COLUMNS, planProblems, type StoredPlan } from './planAgreement.ts';

/** The review of an account that was begun (Article 10.3): how it was scored, what was decided, and what followed. */
export type StoredReview = StoredPlan & {
  readonly id: string;
  readonly caseId: string;
  readonly clientId: string;
  readonly state: ReviewCaseState;
  readonly settled: boolean;
  readonly score: number | null;
  readonly secret: Buffer | null;
  readonly outcome: ReviewOption | null;
  readonly decided: boolean | null;
  readonly gradeBefore: string;
  readonly gradeAfter: string | null;
  readonly proposedGrade: string | null;
  /** What the committee chose by the last proof, and whether it decided. */
  readonly chosen: string | null;
  readonly chosenBy: 'decided' | 'secondBallot' | 'notDecided' | null;
  /** What the last ballot on the grade came to, or what a higher body decided in its place; null where there was none. */
  readonly regraded: string | null;
  /** Whether the plan was drawn up. */
  readonly planned: boolean;
};

const PAGE = 50;

const REVIEWS = `SELECT r.id, c.id AS "caseId", a.client_id AS "clientId", c.state, r.state = 'finished' AS settled, r.score, r.secret, r.outcome, r.decided,
    r.grade_before AS "gradeBefore", r.grade_after AS "gradeAfter", r.proposed_grade AS "proposedGrade",
    (SELECT b.proof ->> 'option' FROM ballots b WHERE b.case_id = c.id AND b.step = 'deciding' AND b.status = 'closed' ORDER BY b.round DESC LIMIT 1) AS chosen,
    (SELECT b.proof ->> 'outcome' FROM ballots b WHERE b.case_id = c.id AND b.step = 'deciding' AND b.status = 'closed' ORDER BY b.round DESC LIMIT 1) AS "chosenBy",
    coalesce((SELECT t.codes ->> 'decision' FROM steps t WHERE t.case_id = c.id AND t.name = 'regrading.inquorate' AND t.outcome = 'recordHigherBody' ORDER BY t.round DESC LIMIT 1),
      (SELECT b.proof ->> 'outcome' FROM ballots b WHERE b.case_id = c.id AND b.step = 'regrading' ORDER BY b.round DESC LIMIT 1)) AS regraded,
    EXISTS (SELECT 1 FROM facts f WHERE f.case_id = c.id AND f.kind = 'decided' AND f.action = 'plan') AS planned,
    ${PLAN_COLUMNS}
  FROM reviews r JOIN cases c ON c.id = r.case_id JOIN accounts a ON a.id = r.account_id LEFT JOIN plans p ON p.case_id = c.id
  WHERE r.id > $1 ORDER BY r.id LIMIT $2`;

export type ReviewProblem = { readonly at: string; readonly problem: string };

/** What disagrees between the reviews, their scores, what was decided, and their plans; so many are looked at, and opened, at a time. */
export async function reviewProblems(client: PoolClient, keys: KeyStore, page = PAGE): Promise<ReviewProblem[]> {
  const found: ReviewProblem[] = [];
  for await (const stored of storedReviews(client, page)) {
    const problems = [
      ...(await scoreProblems(keys, stored)),
      ...outcomeProblems(stored),
      ...gradeProblems(stored),
      ...planProblems(stored, planDue(stored)),
      ...measuresProblems(stored),
    ];
    found.push(...problems.map((problem) => ({ at: `case ${stored.caseId}`, problem })));
  }
  return found;
}

/** Page by page, so that a thousand sealed scores are never held at once. */
async function* storedReviews(client: PoolClient, page: number): AsyncGenerator<StoredReview> {
  for (let last = ''; ; ) {
    const { rows } = await client.query<StoredReview>(REVIEWS, [last, page]);
    yield* rows;
    const end = rows.at(-1);
    if (!end || rows.length < page) return;
    last = end.id;
  }
}

/** The score follows from its inputs and its rule, and is the one that is told. What does not decrypt is found elsewhere. */
async function scoreProblems(keys: KeyStore, { id, clientId, score, secret }: StoredReview): Promise<string[]> {
  if (!secret) return score === null ? [] : ['a score, and nothing it follows from'];
  const proof = await openForClient<Score>({ keys }, clientId, 'reviews', id, secret).catch(() => null);
  if (!proof) return [];
  return [
    ...(isRecomputed(proof) ? [] : ['its score does not follow from its inputs']),
    ...(proof.total === score ? [] : [`its score is ${score}, computed ${proof.total}`]),
  ];
}

const REACHED: Partial<Record<ReviewCaseState, ReviewOption>> = {
  maintained: 'maintain',
  planning: 'intensify',
  carryingOut: 'intensify',
  intensified: 'intensify',
  terminated: 'terminate',
};

/** The outcome is what the committee chose, or what holds where it did not decide, and the case is where that leads. Pure. */
export function outcomeProblems({ state, settled, outcome, decided, chosen, chosenBy }: StoredReview): string[] {
  const reached = REACHED[state] ?? null;
  if (reached === null && outcome === null) return [];
  if (!settled) return [`${state}, and not settled`];
  const ended = state === 'withdrawn' || state === 'lapsed';
  return [
    ...(outcome === chosen && decided === (chosenBy === 'decided')
      ? []
      : [`its outcome is ${outcome}, ${decided ? '' : 'not '}decided; chosen was ${chosen}, ${chosenBy}`]),
    ...(ended || reached === outcome ? [] : [`its outcome is ${outcome}, and it is ${state}`]),
  ];
}

/** A grade changes by a ballot that passed, to the grade that was proposed, and by nothing else (Article 12). Pure. */
export function gradeProblems({ gradeBefore, gradeAfter, proposedGrade, regraded }: StoredReview): string[] {
  if (gradeAfter === null) return [];
  const due = regraded === 'passed' && proposedGrade ? proposedGrade : gradeBefore;
  return gradeAfter === due ? [] : [`its grade is ${gradeAfter}, ${due} due: the ballot ${regraded ?? 'none'}`];
}

function planDue({ planned, result, closed }: StoredReview): PlanState | null {
  if (!planned) return null;
  if (result !== null) return 'closed';
  return closed ? 'dropped' : 'underway';
}
