import type { PoolClient } from 'pg';
import type { MeasureState, PlanState } from '../domain/plan.ts';
import type { SuggestionState } from '../domain/suggestion.ts';

/** A case about a suggestion (Article 6.3): what was decided of it, and the plan that followed. */
export type StoredSuggestion = {
  readonly caseId: string;
  readonly state: SuggestionState;
  readonly closed: boolean;
  /** Ended from outside, and not concluded yet: what was open is cancelled, and its plan waits to be. */
  readonly ending: boolean;
  /** Whether it is about the account it was raised for, and its plan too. */
  readonly about: boolean;
  /** What the office did with it last. */
  readonly weighed: 'accept' | 'refer' | 'return' | 'refuse' | null;
  /** What the last ballot came to, by its proof. */
  readonly ballot: string | null;
  /** What the plan came to in the end, by the decision that closed it. */
  readonly result: string | null;
  /** Whether its plan was begun, and whether its measures are with people now. */
  readonly begun: boolean;
  readonly carrying: boolean;
  readonly plan: { readonly state: PlanState; readonly result: string | null } | null;
  readonly measures: readonly StoredMeasure[];
  /** Open tasks of the plan about no measure of it. */
  readonly strays: number;
};

export type StoredMeasure = {
  readonly ord: number;
  readonly state: MeasureState;
  readonly ownerId: string;
  readonly confirmedBy: string | null;
  /** What its facts tell last. */
  readonly told: 'report' | 'newDay' | 'confirmMeasure' | 'silent' | null;
  readonly toldBy: string | null;
  /** The open tasks about it; `passedOn` where its holder gave it to another. */
  readonly tasks: readonly {
    readonly kind: string;
    readonly candidates: readonly string[];
    readonly passedOn: boolean;
  }[];
};

const SUGGESTIONS = `SELECT c.id AS "caseId", c.state, c.closed_at IS NOT NULL AS closed, c.ending IS NOT NULL AS ending,
    EXISTS (SELECT 1 FROM suggestions s JOIN case_accounts a ON a.case_id = s.case_id AND a.account_id = s.account_id
      WHERE s.case_id = c.id AND coalesce(p.account_id, s.account_id) = s.account_id) AS about,
    (SELECT f.action FROM facts f WHERE f.case_id = c.id AND f.kind = 'decided' AND f.step = 'weighing'
       AND f.action IN ('accept', 'refer', 'return', 'refuse') ORDER BY f.seq DESC LIMIT 1) AS weighed,
    (SELECT b.proof ->> 'outcome' FROM ballots b WHERE b.case_id = c.id AND b.step = 'deciding' ORDER BY b.round DESC LIMIT 1) AS ballot,
    (SELECT f.codes ->> 'result' FROM facts f WHERE f.case_id = c.id AND f.kind = 'decided' AND f.action = 'closePlan' ORDER BY f.seq DESC LIMIT 1) AS result,
    EXISTS (SELECT 1 FROM steps t WHERE t.case_id = c.id AND t.name = 'carryingOut') AS begun,
    EXISTS (SELECT 1 FROM steps t WHERE t.case_id = c.id AND t.name = 'carryingOut' AND t.outcome IS NULL) AS carrying,
    CASE WHEN p.id IS NOT NULL THEN json_build_object('state', p.state, 'result', p.result) END AS plan,
    (SELECT coalesce(json_agg(json_build_object('ord', m.ord, 'state', m.state, 'ownerId', m.owner_id, 'confirmedBy', m.confirmed_by,
         'told', f.told, 'toldBy', f.actor_id, 'tasks', t.tasks) ORDER BY m.ord), '[]')
     FROM plan_measures m
       LEFT JOIN LATERAL (SELECT coalesce(f.action, f.kind) AS told, f.actor_id FROM facts f LEFT JOIN tasks o ON o.id = f.task_id
         WHERE f.case_id = c.id AND ((f.kind = 'decided' AND f.action IN ('report', 'newDay', 'confirmMeasure') AND f.codes ->> 'measureId' = m.id)
           OR (f.kind = 'silent' AND o.kind = 'carryOut' AND o.subject ->> 'measureId' = m.id)) ORDER BY f.seq DESC LIMIT 1) f ON true
       CROSS JOIN LATERAL (SELECT coalesce(json_agg(json_build_object('kind', o.kind, 'candidates', o.candidates,
           'passedOn', EXISTS (SELECT 1 FROM facts x WHERE x.case_id = c.id AND x.task_id = o.id AND x.kind = 'transferred'))), '[]') AS tasks
         FROM tasks o WHERE o.case_id = c.id AND o.status = 'open' AND o.kind IN ('carryOut', 'supervise') AND o.subject ->> 'measureId' = m.id) t
     WHERE m.plan_id = p.id) AS measures,
    (SELECT count(*)::int FROM tasks o WHERE o.case_id = c.id AND o.status = 'open' AND o.kind IN ('carryOut', 'supervise')
       AND NOT EXISTS (SELECT 1 FROM plan_measures m WHERE m.plan_id = p.id AND m.id = o.subject ->> 'measureId')) AS strays
  FROM cases c LEFT JOIN plans p ON p.case_id = c.id WHERE c.process = 'suggestion' ORDER BY c.id`;

export type SuggestionProblem = { readonly at: string; readonly problem: string };

/** What disagrees between the suggestions, what was decided of them, and their plans. */
export async function suggestionProblems(client: PoolClient): Promise<SuggestionProblem[]> {
  const { rows } = await client.query<StoredSuggestion>(SUGGESTIONS);
  return rows.flatMap((stored) =>
    [
      ...(stored.about ? [] : ['about no account']),
      ...outcomeProblems(stored),
      ...planProblems(stored),
      ...stored.measures.flatMap((measure) => measureProblems(stored, measure)),
      ...(stored.strays > 0 ? [`${stored.strays} tasks about no measure of its plan`] : []),
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

/** There is a plan since one was made, it is where the decisions have brought it, and it came to what they say. Pure. */
export function planProblems(stored: StoredSuggestion): string[] {
  const due = planDue(stored);
  const { plan, result } = stored;
  if ((plan?.state ?? null) !== due) return [`its plan is ${plan?.state ?? 'not there'}, ${due ?? 'none'} due`];
  return plan && plan.result !== result ? [`its plan came to ${plan.result}, decided was ${result}`] : [];
}

function planDue({ weighed, result, closed, begun }: StoredSuggestion): PlanState | null {
  if (weighed !== 'accept' && weighed !== 'refer') return null;
  if (result !== null) return 'closed';
  if (closed) return 'dropped';
  return weighed === 'accept' || begun ? 'underway' : 'proposed';
}

/**
 * A measure stands where its facts have brought it, whoever is to act on it is asked, and nobody else; what is done was confirmed by him
 * it names. A plan is not closed before all are. Pure.
 */
export function measureProblems(stored: StoredSuggestion, measure: StoredMeasure): string[] {
  const { ord, state, tasks, told, toldBy, ownerId, confirmedBy } = measure;
  const due = measureDue(stored, measure);
  const wanted = stored.closed || stored.ending ? [] : (ASKED[state] ?? []);
  const kinds = tasks.map(({ kind }) => kind);
  const anothers = tasks.some(
    ({ kind, candidates, passedOn }) => kind === 'carryOut' && !passedOn && !candidates.includes(`person:${ownerId}`),
  );
  return [
    ...(state === due ? [] : [`measure ${ord} is ${state}, ${due} due`]),
    ...(kinds.join() === wanted.join()
      ? []
      : [`measure ${ord} is ${state}, open: ${kinds.join(', ') || 'no task'}, due: ${wanted.join() || 'none'}`]),
    ...(anothers ? [`measure ${ord}: its task is not its owner’s`] : []),
    ...((told === 'confirmMeasure' ? toldBy : null) === confirmedBy
      ? []
      : [`measure ${ord}: not confirmed by ${confirmedBy}`]),
    ...(stored.plan?.state === 'closed' && told !== 'confirmMeasure'
      ? [`measure ${ord}: its plan was closed without it`]
      : []),
  ];
}

/** The task that is open about a measure in a state. */
const ASKED: Partial<Record<MeasureState, readonly string[]>> = {
  open: ['carryOut'],
  reported: ['supervise'],
  silent: ['supervise'],
};

const BROUGHT = { report: 'reported', newDay: 'open', confirmMeasure: 'done', silent: 'silent' } as const;

function measureDue({ plan, carrying }: StoredSuggestion, { told }: StoredMeasure): MeasureState {
  if (told === 'confirmMeasure') return 'done';
  if (plan?.state === 'dropped' || plan?.state === 'closed') return 'dropped';
  if (told !== null) return BROUGHT[told];
  return carrying ? 'open' : 'waiting';
}
