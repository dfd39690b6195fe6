import type { PoolClient } from 'pg';
import type { PlanState } from '../domain/plan.ts';
import type { SuggestionState } from '../domain/suggestion.ts';
import { measuresProblems, PLAN_COLUMNS, planProblems, type StoredPlan } from './planAgreement.ts';

/** A case about a suggestion (Article 6.3): what was decided of it, and the plan that followed. */
export type StoredSuggestion = StoredPlan & {
  readonly caseId: string;
  readonly state: SuggestionState;
  /** Whether it is about the account it was raised for, and its plan too. */
  readonly about: boolean;
  /** What the office did with it last. */
  readonly weighed: 'accept' | 'refer' | 'return' | 'refuse' | null;
  /** What the last ballot came to, by its proof. */
  readonly ballot: string | null;
};

const SUGGESTIONS = `SELECT c.id AS "caseId", c.state,
    EXISTS (SELECT 1 FROM suggestions s JOIN case_accounts a ON a.case_id = s.case_id AND a.account_id = s.account_id
      WHERE s.case_id = c.id AND coalesce(p.account_id, s.account_id) = s.account_id) AS about,
    (SELECT f.action FROM facts f WHERE f.case_id = c.id AND f.kind = 'decided' AND f.step = 'weighing'
       AND f.action IN ('accept', 'refer', 'return', 'refuse') ORDER BY f.seq DESC LIMIT 1) AS weighed,
    (SELECT b.proof ->> 'outcome' FROM ballots b WHERE b.case_id = c.id AND b.step = 'deciding' ORDER BY b.round DESC LIMIT 1) AS ballot,
    ${PLAN_COLUMNS}
  FROM cases c LEFT JOIN plans p ON p.case_id = c.id WHERE c.process = 'suggestion' ORDER BY c.id`;

export type SuggestionProblem = { readonly at: string; readonly problem: string };

/** What disagrees between the suggestions, what was decided of them, and their plans. */
export async function suggestionProblems(client: PoolClient): Promise<SuggestionProblem[]> {
  const { rows } = await client.query<StoredSuggestion>(SUGGESTIONS);
  return rows.flatMap((stored) =>
    [
      ...(stored.about ? [] : ['about no account']),
      ...outcomeProblems(stored),
      ...planProblems(stored, planDue(stored)),
      ...measuresProblems(stored),
    ].map((problem) => ({ at: `case ${stored.caseId}`, problem })),
  );
}

/** It is carried out because the office accepted it or the committee did, refused because either did, and closed by a decision. Pure. */
export function outcomeProblems({ state, weighed, ballot, result }: StoredSuggestion): string[] {
  const accepted = weighed === 'accept' || (weighed === 'refer' && ballot === 'passed');
  const refused = weighed === 'refuse' || (weighed === 'refer' && ballot !== null && ballot !== 'passed');
  const decided = `the office ${weighed ?? 'did nothing'}, the ballot ${ballot ?? 'none'}`;
  return [
    ...((state === 'carryingOut' || state === 'closed') && !accepted ? [`${state}: ${decided}`] : []),
    ...(state === 'refused' && !refused ? [`${state}: ${decided}`] : []),
    ...(state === 'deciding' && weighed !== 'refer' ? [`${state}: ${decided}`] : []),
    ...(state === 'closed' && result === null ? ['closed, and nobody closed its plan'] : []),
  ];
}

/** There is a plan since one was made, and it is where the decisions have brought it. */
function planDue({ weighed, result, closed, begun }: StoredSuggestion): PlanState | null {
  if (weighed !== 'accept' && weighed !== 'refer') return null;
  if (result !== null) return 'closed';
  if (closed) return 'dropped';
  return weighed === 'accept' || begun ? 'underway' : 'proposed';
}
