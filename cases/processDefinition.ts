import type { Subject } from '../domain/ballot.ts';
import type { ProcessContract } from '../domain/process.ts';
import type { Effect } from './answer.ts';
import type { Bodies } from './decisionBody.ts';
import type { PausedUntil } from './pauses.ts';
import type { TaskRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/** What a process brings besides its workflow. Everything else (guard, tasks, ballots, deadlines, audit) the engine has. */
export type ProcessDefinition = {
  readonly contract: ProcessContract;
  /** The bodies of its own actions, by kind of task. */
  readonly bodies: Bodies;
  /** Fields of its bodies that hold ids, days or codes: the prose may read them. Every other field is stored encrypted. */
  readonly codes: readonly string[];
  /** What its actions do besides being recorded, by `kind.action`; most need nothing. */
  readonly effects: Readonly<Record<string, Effect>>;
  /** Its own rules for who is asked, by the names its contract uses. */
  readonly slates: Readonly<Record<string, (tx: CaseTransaction) => Promise<Slate[]>>>;
  /** What is stored as the process comes to a step, by the step's name, in the transaction that opens it, before its tasks are. */
  readonly entering?: Readonly<Record<string, (tx: CaseTransaction) => Promise<void>>>;
  /** Whom its open tasks follow, where that is somebody else since they were opened; asked again it changes nothing. */
  readonly settleHolders?: (tx: CaseTransaction) => Promise<void>;
  /** Until when no time runs in one of its cases; left out where none is ever paused. */
  readonly pausedUntil?: PausedUntil;
  /** What its ballots are about; a process without ballots needs none. */
  readonly matters?: (tx: CaseTransaction) => Promise<Matters>;
  /** What follows, by kind, when a giving task of its own was silent; most need nothing. */
  readonly silences?: Readonly<Record<string, (tx: CaseTransaction, task: Readonly<TaskRow>) => Promise<void>>>;
  /** The state it ends in after all, where what it is about has ended meanwhile; in the transaction that concludes it, before that. */
  readonly endsIn?: (tx: CaseTransaction, state: string) => Promise<string>;
  /** What follows when a case ends in a state. */
  readonly conclude: (tx: CaseTransaction, state: string) => Promise<void>;
};

/** Who may answer one task, and whom each further level of escalation adds. */
export type Slate = {
  readonly candidates: readonly string[];
  readonly escalations: readonly (readonly string[])[];
  /** Those of the task's actions that are offered here; all where it is left out. */
  readonly actions?: readonly string[];
  /** Ids and codes this task is about. */
  readonly subject?: Readonly<Record<string, unknown>>;
  /** The day at whose end it is due, where the contract has the slate name it. */
  readonly dueOn?: string;
};

/** What a matter is about: grade and special consideration say which act it is (4.6), units and persons who is recused. */
export type Matters = {
  readonly level: 'company' | 'branch';
  readonly specialConsideration: boolean;
  readonly subject: Subject;
};
