import type { StepSpec } from './process.ts';

/**
 * 措施方案: what follows from an accepted warning or proposal, and from a review that intensifies 加强攻关: measures, each with an owner
 * and a day, under the office's supervision 督办 (Article 6.3; all figures and steps are assumption 系统默认).
 */

/** `proposed` until the committee has decided; `dropped` where the case ended without it. */
export const planStates = ['proposed', 'underway', 'closed', 'dropped'] as const;
export type PlanState = (typeof planStates)[number];

/** `reported`: its owner says that it is done; `silent`: its day passed without a word. Either way the office looks at it. */
export const measureStates = ['waiting', 'open', 'reported', 'silent', 'done', 'dropped'] as const;
export type MeasureState = (typeof measureStates)[number];

/** What a plan came to when it was closed. */
export const planResults = ['achieved', 'partly', 'notAchieved'] as const;
export type PlanResult = (typeof planResults)[number];

/** Measures still to be done or looked at: only a plan that is underway has any. Of those, what its owner has not reported. */
export const unsettledMeasures = ['open', 'reported', 'silent'] as const satisfies readonly MeasureState[];
export const unreportedMeasures = ['open', 'silent'] as const satisfies readonly MeasureState[];

export const isUnsettled = (state: MeasureState): boolean => unsettledMeasures.some((each) => each === state);

/** Its day is over and nobody has confirmed it. `today` at Asia/Shanghai. */
export const isOverdue = (measure: { readonly state: MeasureState; readonly dueOn: string }, today: string): boolean =>
  isUnsettled(measure.state) && measure.dueOn < today;

/** How far a plan is, for a glance: dropped measures do not count. */
export function progressOf(measures: readonly { readonly state: MeasureState }[]): {
  readonly done: number;
  readonly of: number;
} {
  const counting = measures.filter(({ state }) => state !== 'dropped');
  return { done: counting.filter(({ state }) => state === 'done').length, of: counting.length };
}

/** Most measures of one plan: it is to be carried out, not to be read. */
export const MOST_MEASURES = 30;

/**
 * The steps by which any process has a plan carried out. `carryingOut` has a task for each measure, its owner's; what he reports, or does
 * not, is looked at by the office, which confirms it or sets a new day. When all are confirmed the office closes the plan, or adds measures.
 */
export const planSteps = (state: string, article: string) =>
  ({
    carryingOut: {
      state,
      article,
      tasks: [
        {
          kind: 'carryOut',
          candidates: 'measureOwners',
          actions: ['report', 'progress'],
          due: 'named',
          silence: 'outcome',
        },
        {
          kind: 'supervise',
          candidates: 'measuresToSee',
          actions: ['confirmMeasure', 'newDay'],
          due: 'supervisingDays',
          silence: 'escalate',
        },
      ],
    },
    closing: {
      state,
      article: '系统默认',
      tasks: [
        {
          kind: 'closePlan',
          candidates: 'office',
          actions: ['closePlan', 'addMeasures'],
          due: 'supervisingDays',
          silence: 'escalate',
        },
      ],
    },
  }) as const satisfies Readonly<Record<string, StepSpec>>;
