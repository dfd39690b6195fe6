import type { MeasureState, PlanState } from '../domain/plan.ts';

/** The plan that a case has carried out under supervision, and what was decided of it. */
export type StoredPlan = {
  readonly closed: boolean;
  /** Ended from outside, and not concluded yet: what was open is cancelled, and its plan waits to be. */
  readonly ending: boolean;
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

/** The columns of a `StoredPlan` of case `c` with its plan `p`. */
export const PLAN_COLUMNS = `c.closed_at IS NOT NULL AS closed, c.ending IS NOT NULL AS ending,
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
       AND NOT EXISTS (SELECT 1 FROM plan_measures m WHERE m.plan_id = p.id AND m.id = o.subject ->> 'measureId')) AS strays`;

/** The plan is in the state due, with the result that was decided. Pure. */
export function planProblems({ plan, result }: StoredPlan, due: PlanState | null): string[] {
  if ((plan?.state ?? null) !== due) return [`its plan is ${plan?.state ?? 'not there'}, ${due ?? 'none'} due`];
  return plan && plan.result !== result ? [`its plan came to ${plan.result}, decided was ${result}`] : [];
}

/** Every measure stands where its facts have brought it, and there is no task about any other. Pure. */
export const measuresProblems = (stored: StoredPlan): string[] => [
  ...stored.measures.flatMap((measure) => measureProblems(stored, measure)),
  ...(stored.strays > 0 ? [`${stored.strays} tasks about no measure of its plan`] : []),
];

/**
 * A measure stands where its facts have brought it, whoever is to act on it is asked, and nobody else; what is done was confirmed by him
 * it names. A plan is not closed before all are. Pure.
 */
function measureProblems(stored: StoredPlan, measure: StoredMeasure): string[] {
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

function measureDue({ plan, carrying }: StoredPlan, { told }: StoredMeasure): MeasureState {
  if (told === 'confirmMeasure') return 'done';
  if (plan?.state === 'dropped' || plan?.state === 'closed') return 'dropped';
  if (told !== null) return BROUGHT[told];
  return carrying ? 'open' : 'waiting';
}
