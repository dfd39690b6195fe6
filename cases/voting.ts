import {
  type ClosedBy,
  type Closing,
  closingOfSealed,
  presiders,
  proofOf,
  type Standing,
  type Vote,
} from '../domain/ballot.ts';
import { choiceProofOf, closingOfSealedChoice, outcomeOfChoice, type Proof } from '../domain/choice.ts';
import { personKey } from './actor.ts';
import { currentCalendar } from './calendars.ts';
import { beginning } from './pauses.ts';
import type { BallotRow, TaskRow } from './records.ts';
import { closeStep } from './settlement.ts';
import { followingOn, timingAfter } from './timing.ts';
import type { CaseTransaction, Timing } from './transaction.ts';

export function openVote(tx: CaseTransaction, ballot: BallotRow, personId: string, clock: Timing): TaskRow {
  return tx.openTask({
    ...clock,
    step: ballot.step,
    round: ballot.round,
    kind: 'vote',
    blocking: false,
    actions: ['vote', 'recuse'],
    candidates: [personKey(personId)],
    ballotId: ballot.id,
    silence: 'none',
  });
}

/** Who voted on a ballot, with those of the one it continues, and as which facts. What they chose stays sealed: to know whose turn it is, nobody need know it. */
export function sealedVotesOf(tx: CaseTransaction, ballot: Pick<BallotRow, 'id' | 'continues'>): Vote<'sealed'>[] {
  return factsOf(tx, ballot).map((fact) => ({ seq: fact.seq, personId: String(fact.actorId), choice: 'sealed' }));
}

/** The votes of a ballot in sequence, with those of the one it continues. Decrypted here, to be counted, and nowhere kept. */
export function votesOf(tx: CaseTransaction, ballot: Pick<BallotRow, 'id' | 'continues'>): Vote<string>[] {
  return factsOf(tx, ballot).map((fact) => ({
    seq: fact.seq,
    personId: String(fact.actorId),
    choice: (tx.secretOf(fact) as { choice: string }).choice,
  }));
}

const factsOf = (tx: CaseTransaction, ballot: Pick<BallotRow, 'id' | 'continues'>): CaseTransaction['votes'] =>
  tx.votes.filter(
    (fact) => fact.ballotId === ballot.id || (ballot.continues !== null && fact.ballotId === ballot.continues),
  );

/** How a ballot stands at the transaction's time: a vote after the due time is late even if no workflow has noticed yet. */
export function standingNow(tx: CaseTransaction, ballot: Readonly<BallotRow>): Standing {
  return {
    ...ballot.standing,
    deadlinePassed: ballot.dueAt <= tx.now,
    directorsTimePassed: ballot.directorDueAt !== null && ballot.directorDueAt <= tx.now,
  };
}

/**
 * Closes, extends or hands on a ballot as the closing rule says. Asked in the transaction of every vote and recusal, and at every
 * deadline; the vote that closes a ballot stores its proof, and rings, in its own transaction.
 */
export async function settleBallot(tx: CaseTransaction, ballot: Readonly<BallotRow>): Promise<void> {
  const standing = standingNow(tx, ballot);
  const { close, extend, directorsTurn, reason } = closingNow(tx, ballot, standing);
  if (close) closeBallot(tx, ballot, votesOf(tx, ballot), standing, reason as ClosedBy);
  else if (extend) await extendBallot(tx, ballot);
  else if (directorsTurn && ballot.directorDueAt === null) await callDirector(tx, ballot);
  else if (!directorsTurn && ballot.directorDueAt !== null) sendDirectorBack(tx, ballot);
}

function closingNow(tx: CaseTransaction, ballot: Readonly<BallotRow>, standing: Standing): Closing {
  const { rule, roll, question } = ballot;
  const sealed = sealedVotesOf(tx, ballot);
  const opened = () => votesOf(tx, ballot);
  return question
    ? closingOfSealedChoice(rule, question, roll, sealed, standing, opened)
    : closingOfSealed(rule, roll, sealed, standing, () => opened() as Vote[]);
}

/** No quorum at the deadline: more time, once, for all; votes are kept (系统默认). */
async function extendBallot(tx: CaseTransaction, ballot: Readonly<BallotRow>): Promise<void> {
  const calendar = await currentCalendar(tx.client);
  const passed = await beginning(tx, followingOn(ballot.directorDueAt ?? ballot.dueAt, tx.now));
  const clock = timingAfter(calendar, passed, tx.policy.values.ballotExtensionDays);
  const due = clock.dueAt as Date;
  tx.ballots.change(ballot, { dueAt: due, directorDueAt: null, standing: { ...ballot.standing, extended: true } });
  tx.fact({ kind: 'ballotExtended', step: ballot.step, round: ballot.round, ballotId: ballot.id });
  const director = directorLast(ballot);
  for (const task of tx.tasks.all) {
    if (task.status !== 'open' || task.ballotId !== ballot.id || task.kind !== 'vote') continue;
    if (director && task.candidates.includes(personKey(director))) tx.closeTask(task, 'extended', 'cancelled');
    else tx.tasks.change(task, clock);
  }
  tx.ring();
}

/** 末位表态: the director's own time begins when all others have acted or their time is up (系统默认). */
async function callDirector(tx: CaseTransaction, ballot: Readonly<BallotRow>): Promise<void> {
  const director = directorLast(ballot);
  if (!director) return;
  const calendar = await currentCalendar(tx.client);
  const from = await beginning(tx, followingOn(ballot.dueAt, tx.now));
  const clock = { ...timingAfter(calendar, from, tx.policy.values.directorDays), periodAt: from };
  tx.ballots.change(ballot, { directorDueAt: clock.dueAt });
  tx.fact({ kind: 'directorsTurn', step: ballot.step, round: ballot.round, ballotId: ballot.id });
  openVote(tx, ballot, director, clock);
  tx.ringSoon();
}

/** A seat was filled again while it was the director's turn: the others are not done, and his time has not begun. */
function sendDirectorBack(tx: CaseTransaction, ballot: Readonly<BallotRow>): void {
  const director = directorLast(ballot);
  tx.ballots.change(ballot, { directorDueAt: null });
  if (director) closeVote(tx, ballot, director);
}

/** Takes a person's open vote back: he is recused, or it is not his turn any more. */
export function closeVote(tx: CaseTransaction, ballot: Readonly<BallotRow>, personId: string): void {
  for (const task of tx.tasks.all) {
    const his = task.kind === 'vote' && task.ballotId === ballot.id && task.candidates.includes(personKey(personId));
    if (his && task.status === 'open') tx.closeTask(task, 'takenBack', 'cancelled');
  }
}

export function directorLast(ballot: Pick<BallotRow, 'rule' | 'roll'>): string | null {
  if (!ballot.rule.directorLast) return null;
  const director = presiders(ballot.roll).find((entry) => entry.kind === 'director');
  return director && !director.recusal && !director.vacated ? director.personId : null;
}

/** Closes a ballot and stores the proof its outcome can be recomputed from. */
export function closeBallot(
  tx: CaseTransaction,
  ballot: Readonly<BallotRow>,
  votes: readonly Vote<string>[],
  standing: Standing,
  closedBy: ClosedBy,
): void {
  const { proof, outcome, codes } = result(tx, ballot, votes, standing, closedBy);
  const fact = tx.fact({
    kind: 'ballotClosed',
    step: ballot.step,
    round: ballot.round,
    ballotId: ballot.id,
    codes: { outcome, ...codes, closedBy },
  });
  tx.ballots.change(ballot, {
    status: 'closed',
    outcome,
    proof,
    standing,
    closedAt: tx.now,
    closedSeq: fact.seq,
  });
  closeStep(tx, ballot.step, ballot.round, outcome, { ballotId: ballot.id, ...(ballot.question ? codes : {}) });
}

function result(
  tx: CaseTransaction,
  { ruleVersion, rule, roll, question }: Readonly<BallotRow>,
  votes: readonly Vote<string>[],
  standing: Standing,
  closedBy: ClosedBy,
): { proof: Proof; outcome: string; codes: Readonly<Record<string, unknown>> } {
  const closedAt = tx.now.toISOString();
  if (question) {
    const by = closedBy as Exclude<ClosedBy, 'higherBody'>;
    const proof = choiceProofOf({ ruleVersion, rule, question, roll, standing, closedBy: by, closedAt, votes });
    return { proof, outcome: outcomeOfChoice(proof), codes: { decided: proof.outcome === 'decided' } };
  }
  const counted = { ruleVersion, rule, roll, standing, closedBy, closedAt, votes: votes as readonly Vote[] };
  const proof = proofOf({ ...counted, higherBody: null });
  return { proof, outcome: proof.outcome, codes: { decidedBy: proof.decidedBy, reason: proof.reasonCode } };
}

/** Ends a ballot without a result: the case was ended from outside, or the nominee it is about has left. */
export function abandonBallot(
  tx: CaseTransaction,
  ballot: Readonly<BallotRow>,
  outcome: 'ended' | 'unavailable',
): void {
  const fact = tx.fact({
    kind: 'ballotClosed',
    step: ballot.step,
    round: ballot.round,
    ballotId: ballot.id,
    codes: { outcome },
  });
  tx.ballots.change(ballot, { status: 'closed', outcome, closedAt: tx.now, closedSeq: fact.seq });
  closeStep(tx, ballot.step, ballot.round, outcome);
}
