import type { Matter } from './ballot.ts';
import { checkLifecycle, isTerminal, type Lifecycle } from './lifecycle.ts';
import type { DaysKey } from './policy.ts';

/**
 * The words a process is described with. A process is a lifecycle table, a contract (this type, one module a process in
 * `workflows/contracts/`), a workflow that reads as prose, and what its actions store (`cases/`).
 *
 * step   one place in the prose, keyed by name and round; it opens tasks, or one ballot with a task for each seat
 * task   one wait for a person 待办
 * action what a person may answer to a task
 */
export type ProcessContract = {
  readonly process: string;
  readonly lifecycle: Lifecycle<string>;
  /** First letters of a case's number, as in R-2026-0001. */
  readonly numberPrefix: string;
  /** A case lies under the unit it is about, which need not be the submitter's and does not withdraw it. */
  readonly aboutAnotherUnit?: true;
  readonly steps: Readonly<Record<string, StepSpec>>;
};

export type StepSpec = {
  /** The lifecycle state the case is in while this step is open. */
  readonly state: string;
  /** Article of the Measures, or 系统默认. */
  readonly article: string;
  readonly tasks?: readonly TaskSpec[];
  readonly ballot?: BallotSpec;
};

export type TaskSpec = {
  readonly kind: string;
  /** Names a rule of who is asked: one of the engine's (`submitter`, `endorser`, `office`, `director`) or the process's own. A rule that yields several slates opens a task for each. */
  readonly candidates: string;
  readonly actions: readonly string[];
  /** Who of the candidates may not answer: whoever submitted the matter, or anybody of his unit. */
  readonly barred?: 'submitter' | 'unit';
  /** Business days by policy; `named`: the day that its slate names. */
  readonly due: DaysKey | 'named';
  /** Calendar days before it is due on which its holders are reminded, instead of at half-time; the day before they are always. */
  readonly reminders?: readonly number[];
  readonly silence: Silence;
};

/**
 * What silence means. `escalate`: a deciding task never decides itself; overdue it also goes to the next level, each
 * further half of its time. `outcome`: a giving task is closed as `silent`. `headThenOutcome`: the unit's head has as long
 * again, then `silent`. `levelsThenOutcome`: each level of its slate has `overdueDays` more, then `silent`. `none`: the task ends with
 * what it belongs to.
 */
export type Silence = 'escalate' | 'outcome' | 'headThenOutcome' | 'levelsThenOutcome' | 'none';

export type BallotSpec = {
  /** By the grade of the case (4.6): 审定 for company level, 批准 for branch level; or one matter for both. */
  readonly matter: Matter | 'byGrade';
  /** A choice among options, the mildest first; without them the ballot is for or against. It settles its step as the option that holds. */
  readonly options?: readonly [string, string, ...string[]];
  /** How long its first ballot is open, in business days by policy; by its matter where it is left out. */
  readonly due?: DaysKey;
};

/** What a step came to: the action that closed it, `complete` of several tasks, `silent`, or a ballot's outcome. */
export type StepOutcome = { readonly outcome: string; readonly codes: Readonly<Record<string, unknown>> };

/** How a case may end from outside its prose: by the submitter, or by two administrators. */
export type Ending = 'withdrawn' | 'lapsed';

/** The endings every process has: withdrawn by the submitter, or lapsed. */
const ENDINGS: readonly Ending[] = ['withdrawn', 'lapsed'];

/** What is wrong with a contract, one sentence each; an empty list means that the engine can run it. */
export function checkContract({ lifecycle, steps }: ProcessContract): string[] {
  const open = (state: string) => state in lifecycle.states && !isTerminal(lifecycle, state);
  const ends = (state: string) => state in lifecycle.states && isTerminal(lifecycle, state);
  return [
    ...checkLifecycle(lifecycle).map(({ code, state, on }) => `lifecycle: ${code} ${state}${on ? ` on ${on}` : ''}`),
    ...ENDINGS.filter((ending) => !ends(ending)).map((ending) => `lifecycle: no terminal state ${ending}`),
    ...Object.entries(steps).flatMap(([name, spec]) => [
      ...(open(spec.state) ? [] : [`step ${name}: no open state ${spec.state}`]),
      ...(spec.tasks || spec.ballot ? [] : [`step ${name}: neither tasks nor a ballot`]),
      ...(spec.ballot && !spec.ballot.options && !(`${name}.inquorate` in steps)
        ? [`step ${name}: a ballot without its side steps`]
        : []),
    ]),
  ];
}

/** The side steps every ballot brings: dating a deferred one, and dealing with one that found no quorum. */
export function ballotSideSteps(name: string, spec: StepSpec): Readonly<Record<string, StepSpec>> {
  const office = { candidates: 'office', silence: 'escalate' } as const;
  return {
    [`${name}.runoff`]: {
      state: spec.state,
      article: '系统默认',
      tasks: [
        {
          kind: 'scheduleRunoff',
          candidates: 'office',
          actions: ['schedule'],
          due: 'runoffWithinDays',
          silence: 'outcome',
        },
      ],
    },
    [`${name}.inquorate`]: {
      state: spec.state,
      article: '系统默认',
      tasks: [
        {
          kind: 'resolveInquorate',
          ...office,
          actions: ['substitute', 'recordHigherBody', 'lapse'],
          due: 'inquorateDays',
        },
      ],
    },
  };
}
