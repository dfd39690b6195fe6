import type { BallotRule, RollEntry, Standing, Subject } from '../domain/ballot.ts';
import type { Proof, Question } from '../domain/choice.ts';
import type { Ending, Silence } from '../domain/process.ts';
import type { Actor } from './actor.ts';

/** The rows of a case as its transaction has them at hand. Names are those of prisma/schema.prisma. */

export type CaseRow = {
  id: string;
  process: string;
  number: string;
  state: string;
  stateSince: Date;
  unitId: string;
  submitterId: string;
  clientId: string | null;
  title: string;
  seq: number;
  settledSeq: number;
  policyVersion: number;
  ending: Ending | null;
  openedAt: Date;
  closedAt: Date | null;
  auditHead: Buffer | null;
};

export type StepRow = {
  caseId: string;
  name: string;
  round: number;
  openedSeq: number;
  openedAt: Date;
  outcome: string | null;
  codes: Readonly<Record<string, unknown>>;
  closedSeq: number | null;
};

export type TaskRow = {
  id: string;
  caseId: string;
  step: string;
  round: number;
  kind: string;
  /** The step is not settled while it is open. */
  blocking: boolean;
  actions: readonly string[];
  /** Keys of who may answer now, as `candidateKeys` of an actor has them. */
  candidates: readonly string[];
  /** The keys each further level of escalation adds. */
  escalations: readonly (readonly string[])[];
  ballotId: string | null;
  /** The task this one serves: an opinion asked for, an added approver. */
  parentId: string | null;
  /** Ids and codes the task is about, such as the person whose recusal is to be decided. */
  subject: Readonly<Record<string, unknown>>;
  assigneeId: string | null;
  status: 'open' | 'done' | 'cancelled';
  outcome: string | null;
  openedAt: Date;
  openedSeq: number;
  /** Start of the running period: the opening, or the last escalation. */
  periodAt: Date;
  dueDays: number | null;
  /** `dueDays` are calendar days, not business days. */
  calendarDays: boolean;
  dueAt: Date | null;
  calendarVersion: string | null;
  provisional: boolean;
  remindHalfAt: Date | null;
  remindDayAt: Date | null;
  silence: Silence;
  level: number;
  extended: boolean;
  urgedAt: Date | null;
  closedAt: Date | null;
  closedSeq: number | null;
};

export type BallotRow = {
  id: string;
  caseId: string;
  step: string;
  round: number;
  ruleVersion: number;
  rule: BallotRule;
  question: Question | null;
  subject: Subject;
  roll: readonly RollEntry[];
  standing: Standing;
  status: 'open' | 'closed';
  continues: string | null;
  openedAt: Date;
  dueAt: Date;
  directorDueAt: Date | null;
  /** As the step it settles: passed, failed, …; of a choice the option that holds, or `secondBallot`. */
  outcome: string | null;
  proof: Proof | null;
  closedAt: Date | null;
  closedSeq: number | null;
};

export type FactRow = {
  caseId: string;
  seq: number;
  kind: FactKind;
  step: string | null;
  round: number | null;
  taskId: string | null;
  ballotId: string | null;
  action: string | null;
  actorId: string | null;
  onBehalfOf: string | null;
  enteredBy: string | null;
  codes: Readonly<Record<string, unknown>>;
  secret: Buffer | null;
  at: Date;
};

/** Everything that can happen to a case, as its facts name it. */
export type FactKind =
  | 'drafted'
  | 'submitted'
  | 'opened'
  | 'decided'
  | 'progressed'
  | 'voted'
  | 'recused'
  | 'recorded'
  | 'ballotClosed'
  | 'ballotExtended'
  | 'directorsTurn'
  | 'silent'
  | 'reminded'
  | 'escalated'
  | 'reassigned'
  | 'claimed'
  | 'released'
  | 'transferred'
  | 'delegated'
  | 'extended'
  | 'urged'
  | 'consulted'
  | 'approverAdded'
  | 'copied'
  | 'commented'
  | 'dissented'
  | 'attached'
  | 'detached'
  | 'coRecommended'
  | 'pulledOut'
  | 'withdrawn'
  | 'overrideProposed'
  | 'overridden'
  | 'accountEnded'
  | 'redriveProposed'
  | 'redriven'
  | 'proposalRefused'
  | 'proposalWithdrawn'
  | 'signalRefused'
  | 'ticked'
  | 'holderChanged'
  | 'holdingEnded'
  | 'archiveUpdated'
  | 'concluded';

/** A fact before it has its number, time and place. `codes` holds ids and codes only; `secret` is whatever is confidential. */
export type NewFact = Partial<Omit<FactRow, 'caseId' | 'seq' | 'kind' | 'secret' | 'at'>> & {
  readonly kind: FactKind;
  readonly secret?: unknown;
};

export type DelegationRow = {
  readonly id: string;
  readonly taskId: string | null;
  readonly kinds: readonly string[];
  readonly from: Actor;
};

/** The receipt of an act: the case's number for it. Telling it again gives the same receipt. */
export type Receipt = {
  readonly caseId: string;
  readonly seq: number;
  readonly taskId: string | null;
  readonly outcome: string | null;
};
