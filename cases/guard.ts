import { entryOf, type VotingRefusal, votingRefusal } from '../domain/ballot.ts';
import { votesFor } from '../domain/choice.ts';
import { DomainError } from '../domain/errors.ts';
import { type Actor, candidateKeys, personKey } from './actor.ts';
import type { BallotRow, DelegationRow, TaskRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';
import { sealedVotesOf, standingNow } from './voting.ts';

/** Who acts, and for whom: himself, or a person who delegated to him. */
export type Standin = { readonly actor: Actor; readonly principal: Actor | null };

/** Tasks that are one person's own: they can be neither claimed nor transferred nor delegated. */
export const PERSONAL = [
  'vote',
  'decideRecusal',
  'checkRecording',
  'confirmOverride',
  'confirmRedrive',
  'opine',
  'coapprove',
];

/**
 * The guard: may this person answer this task with this action, now? Every decision passes here, under the case's lock, on
 * current data. @throws DomainError saying why not.
 */
export function guard(tx: CaseTransaction, task: Readonly<TaskRow>, action: string): Standin {
  const actor = activeActor(tx);
  const standin = guardCandidate(tx, task, actor);
  if ((tx.case.closedAt !== null || tx.case.ending !== null) && !isReview(task, action))
    throw new DomainError('caseEnded', { state: tx.case.ending ?? tx.case.state });
  // A vote may be changed, and a recusal declared, after the voter's task is done: until when, its ballot says.
  if (task.status !== 'open' && task.kind !== 'vote')
    throw new DomainError('taskClosed', { outcome: task.outcome ?? '' });
  if (!task.actions.includes(action)) throw new DomainError('notYourMatter', { state: tx.case.state });
  guardApprovers(tx, task, action);
  guardSeparation(tx, task, standin);
  return standin;
}

/** 加签: nothing is decided before the added approver has answered, and nothing granted against his no. */
function guardApprovers(tx: CaseTransaction, task: Readonly<TaskRow>, action: string): void {
  const added = tx.tasks.all.filter((other) => other.parentId === task.id && other.kind === 'coapprove');
  if (added.some((other) => other.status === 'open')) throw new DomainError('approverPending');
  const granting = ['endorse', 'accept', 'countersign'].includes(action);
  if (granting && added.some((other) => other.outcome === 'disagree')) throw new DomainError('approverDisagrees');
}

/**
 * A recusal declared too late changes nothing, and is reviewed by the office even after the case has ended (系统默认); an execution that
 * did not end with its case is started again to do so.
 */
const isReview = (task: Readonly<TaskRow>, action: string): boolean =>
  task.kind === 'reviewRecusal' || task.kind === 'confirmRedrive' || (task.kind === 'vote' && action === 'recuse');

/** The person who acts, as he is under the lock. @throws DomainError `unauthenticated` for one who left. */
export function activeActor(tx: CaseTransaction): Actor {
  if (!tx.actor?.active) throw new DomainError('unauthenticated');
  return tx.actor;
}

/** Whether the task is his to answer: as a candidate, where nobody else has claimed it, or for somebody who delegated to him. */
export function guardCandidate(tx: CaseTransaction, task: Readonly<TaskRow>, actor: Actor): Standin {
  const own = isCandidate(task, actor);
  if (own && (task.assigneeId === null || task.assigneeId === actor.personId)) return { actor, principal: null };
  const principal = delegatorFor(tx.delegations, task);
  if (principal) return { actor, principal };
  throw new DomainError(own ? 'alreadyClaimed' : 'notCandidate');
}

export function isCandidate(task: Pick<TaskRow, 'candidates'>, actor: Actor): boolean {
  return candidateKeys(actor).some((key) => task.candidates.includes(key));
}

/** The person whose task this is and who delegated it, where its kind may be delegated at all. */
function delegatorFor(delegations: readonly DelegationRow[], task: Readonly<TaskRow>): Actor | null {
  if (PERSONAL.includes(task.kind)) return null;
  const scoped = delegations.filter(
    (each) =>
      each.taskId === task.id || (each.taskId === null && (each.kinds.length === 0 || each.kinds.includes(task.kind))),
  );
  const found = scoped.find(
    ({ from }) =>
      from.active && isCandidate(task, from) && (task.assigneeId === null || task.assigneeId === from.personId),
  );
  return found?.from ?? null;
}

/** Nobody decides on what he himself put forward; conflicts hold for the delegate as for him who delegated. */
export function guardSeparation(tx: CaseTransaction, task: Readonly<TaskRow>, { actor, principal }: Standin): void {
  const barred = barredFrom(tx, task);
  for (const person of principal ? [actor, principal] : [actor]) {
    if (barred === 'submitter' && person.personId === tx.case.submitterId) {
      throw new DomainError('separation', { why: 'ownSubmission' });
    }
    if (barred === 'unit' && person.unitId === tx.case.unitId) {
      throw new DomainError('conflicted', { why: 'ownUnitMatter' });
    }
    if (isBarred(task.subject, person.personId)) throw new DomainError('separation', { why: 'checkedByAnother' });
  }
}

/** What must be done by another person is not asked of whoever did the first half. */
export const isBarred = (
  subject: { readonly barredPersonId?: unknown; readonly barredPersonIds?: unknown },
  personId: string,
): boolean => subject.barredPersonId === personId || [subject.barredPersonIds].flat().includes(personId);

/** Whom the process bars from a task, and from every opinion or approval asked beside it. */
export function barredFrom(tx: CaseTransaction, task: Readonly<TaskRow>): 'submitter' | 'unit' | undefined {
  return tx.contract.steps[task.step]?.tasks?.find((spec) => spec.kind === task.kind)?.barred;
}

export function ballotOf(tx: CaseTransaction, task: Readonly<TaskRow>): Readonly<BallotRow> {
  const ballot = tx.ballots.all.find((each) => each.id === task.ballotId);
  if (!ballot) throw new DomainError('notFound');
  return ballot;
}

const votingErrors = {
  notOnRoll: 'notCandidate',
  recused: 'conflicted',
  timeOver: 'voteOverdue',
  notDirectorsTurn: 'notYetDirector',
} as const satisfies Record<VotingRefusal, string>;

/** The guard's part that only votes have: roll, recusal, time, turn. */
export function guardVote(tx: CaseTransaction, ballot: Readonly<BallotRow>, personId: string): void {
  if (ballot.status !== 'open') throw new DomainError('ballotClosed');
  const refusal = votingRefusal(ballot.rule, ballot.roll, sealedVotesOf(tx, ballot), personId, standingNow(tx, ballot));
  if (!refusal) return;
  // Once it is the director's turn by the clock, the other votes are final (末位表态).
  if (refusal === 'timeOver' && ballot.directorDueAt !== null && entryOf(ballot.roll, personId)?.kind !== 'director')
    throw new DomainError('voteFinal');
  throw new DomainError(votingErrors[refusal], { due: ballot.dueAt.toISOString(), why: 'recused' });
}

/** What is voted for must stand in the ballot. @throws DomainError `invalid` */
export function guardChoice(ballot: Pick<BallotRow, 'question'>, choice: string, others: readonly string[] = []): void {
  const taken = [...votesFor(ballot.question), ...others];
  const field = others.length > 0 ? 'seats' : 'choice';
  if (!taken.includes(choice)) throw new DomainError('invalid', { field, reason: taken.join(' | ') }, field);
}

/** The key a task names a person by. */
export const namesPerson = (task: Pick<TaskRow, 'candidates'>, personId: string): boolean =>
  task.candidates.includes(personKey(personId));
