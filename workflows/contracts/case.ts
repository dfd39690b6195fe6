import type { PolicyValues } from '../../domain/policy.ts';
import type { Ending, StepOutcome } from '../../domain/process.ts';

/** What every case's workflow shares with those who start, ring and read it. Names are strings on the wire: never rename one. */

/** The Signal by which the relay rings: the case has facts up to `seq`. At least once; doubles and delays change nothing. */
export const DECIDED = 'decided';
export type Doorbell = { readonly seq: number };

/** The Signal by which other systems, and operators by hand, decide a task. Parsed by hand: anything may arrive. */
export const DECIDE = 'decide';

export type CaseStart = { readonly caseId: string };

/** The fixed id of a case's workflow. */
export const caseWorkflowId = (process: string, caseId: string): string => `${process}:${caseId}`;

/** Search attributes; they hold ids and codes only. */
export const searchAttributes = { CaseProcess: 'Keyword', CaseState: 'Keyword' } as const;

/** What the workflow asks of the facts; implemented in `activities/facts.ts`. All are idempotent by case, step and round. */
export type StepActivities = {
  /** The policy version the case began with. */
  begin(input: { readonly caseId: string }): Promise<{ readonly policy: PolicyValues }>;
  /** Opens a step: its tasks or its ballot. A step already open, or closed, is left as it is. */
  openStep(input: StepPlace & { readonly now: number }): Promise<Progress>;
  /** Reads how far the facts have come, settling first what is due at `now`: reminders, escalations, silences, deadlines. */
  progress(input: StepPlace & { readonly now: number }): Promise<Progress>;
  /**
   * Ends the case in a terminal state, with what follows from it. An ending from outside that was recorded first wins: the
   * answer says which state it was.
   */
  conclude(input: {
    readonly caseId: string;
    readonly state: string;
    readonly now: number;
  }): Promise<{ readonly state: string }>;
  /** A `decide` signal, through the same guard and transaction as any decision. Never throws for what the signal holds. */
  decideBySignal(input: { readonly caseId: string; readonly signal: unknown }): Promise<void>;
};

/** A place in the prose. Rounds count from 1, a step's own. `now` is the workflow's time, in milliseconds since 1970 UTC. */
export type StepPlace = { readonly caseId: string; readonly step: string; readonly round: number };

export type Progress =
  | { readonly is: 'waiting'; readonly nextAt: number | null }
  | ({ readonly is: 'done' } & StepOutcome)
  | { readonly is: 'ended'; readonly ending: Ending };
