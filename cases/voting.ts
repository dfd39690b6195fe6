import { randomUUID } from 'node:crypto';
import {
  atOpening,
  type BallotRule,
  type Choice,
  type ClosedBy,
  closing,
  type HigherBodyDecision,
  type Matter,
  matterFor,
  missing,
  presiders,
  proofOf,
  type RollEntry,
  type Seat,
  type Standing,
  type Subject,
  slate,
  type Vote,
} from '../domain/ballot.ts';
import type { PolicyValues } from '../domain/policy.ts';
import type { BallotSpec } from '../domain/process.ts';
import type { StepPlace } from '../workflows/contracts/case.ts';
import { personKey, roleKey, validToday } from './actor.ts';
import { currentCalendar } from './calendars.ts';
import type { BallotRow, TaskRow } from './records.ts';
import { closeStep } from './settlement.ts';
import { timing, timingAfter } from './timing.ts';
import type { CaseTransaction, Timing } from './transaction.ts';

/** The rule of a matter under a policy version. */
export function ruleOf(matter: Matter, values: PolicyValues): BallotRule {
  const approve = matter === 'approve';
  return {
    matter,
    quorumOfBody: approve ? values.approveQuorum : values.ratifyQuorum,
    quorumOfSeats: approve ? values.approveFloor : values.ratifyFloor,
    floor: 2,
    majorityOf: approve ? 'body' : 'present',
    presiderRequired: !approve,
    tieBreak: values.tieBreak,
    directorLast: approve && values.directorLast,
    sealed: values.sealed,
    early: approve ? values.earlyApprove : values.earlyRatify,
  };
}

/** What a matter is about: grade and special consideration say which act it is (4.6), units and persons who is recused. */
export type Matters = {
  readonly level: 'company' | 'branch';
  readonly specialConsideration: boolean;
  readonly subject: Subject;
};

/**
 * Opens the ballot of a step: the roll is the seats filled now, one person one vote, with recusal by rule. After a tie the recusals
 * are kept and no votes; after an inquorate ballot with substitutes it goes on with its roll and its votes.
 */
export async function openBallot(tx: CaseTransaction, spec: BallotSpec, place: StepPlace): Promise<void> {
  const { values, version } = tx.policy;
  const matters = await mattersOf(tx);
  const matter = spec.matter === 'byGrade' ? matterFor({ manager: false, ...matters }) : spec.matter;
  const before = tx.ballots.all.find((ballot) => ballot.step === place.step && ballot.round === place.round - 1);
  const substituted = before?.outcome === 'inquorate' ? substitutedRoll(tx, place) : null;
  const runoff = before?.outcome === 'deferred' || (substituted !== null && before?.standing.runoff === true);
  const earlier = before?.outcome === 'deferred' ? before.roll : [];
  const roll = substituted ?? slate(await filledSeats(tx), matters.subject, earlier).roll;
  const days =
    matter === 'approve'
      ? values.approvingCompanyDays
      : matter === 'ratify'
        ? values.approvingBranchDays
        : values.confirmingDays;
  const clock = timing(await currentCalendar(tx.client), tx.now, days);
  const ballot = tx.ballots.add({
    id: randomUUID(),
    caseId: tx.case.id,
    step: place.step,
    round: place.round,
    ruleVersion: version,
    rule: ruleOf(matter, values),
    subject: matters.subject,
    roll,
    standing: { ...atOpening, runoff, extended: substituted !== null },
    status: 'open',
    continues: substituted ? (before?.id ?? null) : null,
    openedAt: tx.now,
    dueAt: clock.dueAt as Date,
    directorDueAt: null,
    outcome: null,
    proof: null,
    closedAt: null,
    closedSeq: null,
  });
  if (ballot.continues) await loadVotes(tx, ballot.continues);
  const last = directorLast(ballot);
  const waiting = missing(roll, votesOf(tx, ballot));
  for (const entry of roll) {
    if (entry.recusal || entry.vacated || entry.personId === last) continue;
    const task = openVote(tx, ballot, entry.personId, clock);
    // His vote was kept: he is not asked again, and may still change it.
    if (!waiting.includes(entry)) tx.closeTask(task, 'voted');
  }
  tx.openTask({
    step: place.step,
    round: place.round,
    kind: 'record',
    blocking: false,
    actions: ['record'],
    candidates: [roleKey('office')],
    ballotId: ballot.id,
    silence: 'none',
  });
  await settleBallot(tx, ballot);
}

function openVote(tx: CaseTransaction, ballot: BallotRow, personId: string, clock: Timing): TaskRow {
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

async function mattersOf(tx: CaseTransaction): Promise<Matters> {
  const [row] = await tx.sql(
    `SELECT grade, special_consideration AS special, nominee_id AS nominee, nominated_by AS nominator,
       (SELECT coalesce(array_agg(unit_id), '{}') FROM co_recommendations WHERE case_id = $1 AND status = 'accepted') AS co_units
     FROM recommendations WHERE case_id = $1`,
    [tx.case.id],
  );
  const nominee = (row?.nominee as string | null) ?? null;
  return {
    level: row?.grade === 'company' ? 'company' : 'branch',
    specialConsideration: row?.special === true,
    subject: {
      kind: 'client',
      unitIds: [tx.case.unitId, ...((row?.co_units as string[] | undefined) ?? [])],
      // The manager concerned, and whoever nominated himself, are one person here.
      personIds: nominee ? [nominee] : [],
    },
  };
}

async function filledSeats(tx: CaseTransaction): Promise<Seat[]> {
  const rows = await tx.sql(
    `SELECT s.id AS "seatId", s.kind, s.ord AS "order", s.unit_id AS "unitId", t.person_id AS "personId"
     FROM seats s JOIN seat_terms t ON t.seat_id = s.id AND ${validToday('t')}
     JOIN persons p ON p.id = t.person_id AND p.active ORDER BY s.ord`,
  );
  return rows as unknown as Seat[];
}

function substitutedRoll(tx: CaseTransaction, place: StepPlace): readonly RollEntry[] | null {
  const named = tx.steps.all
    .filter((step) => step.name === `${place.step}.inquorate` && step.outcome === 'substitute')
    .at(-1);
  return (named?.codes.roll as readonly RollEntry[] | undefined) ?? null;
}

async function loadVotes(tx: CaseTransaction, ballotId: string): Promise<void> {
  const rows = await tx.sql(
    `SELECT seq, actor_id, secret FROM facts WHERE case_id = $1 AND kind = 'voted' AND ballot_id = $2 ORDER BY seq`,
    [tx.case.id, ballotId],
  );
  for (const row of rows) {
    const seq = Number(row.seq);
    if (tx.votes.some((vote) => vote.seq === seq)) continue;
    tx.votes.push({ seq, actorId: row.actor_id, secret: row.secret, ballotId } as (typeof tx.votes)[number]);
  }
}

/** The votes of a ballot in sequence, with those of the one it continues. Decrypted here and nowhere kept. */
export function votesOf(tx: CaseTransaction, ballot: Pick<BallotRow, 'id' | 'continues'>): Vote[] {
  return tx.votes
    .filter((fact) => fact.ballotId === ballot.id || (ballot.continues !== null && fact.ballotId === ballot.continues))
    .map((fact) => ({
      seq: fact.seq,
      personId: String(fact.actorId),
      choice: (tx.secretOf(fact) as { choice: Choice }).choice,
    }));
}

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
  const votes = votesOf(tx, ballot);
  const { close, extend, directorsTurn, reason } = closing(ballot.rule, ballot.roll, votes, standing);
  if (close) closeBallot(tx, ballot, votes, standing, reason as ClosedBy);
  else if (extend) await extendBallot(tx, ballot);
  else if (directorsTurn && ballot.directorDueAt === null) await callDirector(tx, ballot);
}

/** No quorum at the deadline: more time, once, for all; votes are kept (系统默认). */
async function extendBallot(tx: CaseTransaction, ballot: Readonly<BallotRow>): Promise<void> {
  const calendar = await currentCalendar(tx.client);
  const clock = timingAfter(calendar, tx.now, tx.policy.values.ballotExtensionDays);
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
  const clock = timingAfter(calendar, tx.now, tx.policy.values.directorDays);
  tx.ballots.change(ballot, { directorDueAt: clock.dueAt });
  tx.fact({ kind: 'directorsTurn', step: ballot.step, round: ballot.round, ballotId: ballot.id });
  openVote(tx, ballot, director, clock);
  tx.ring();
}

function directorLast(ballot: Pick<BallotRow, 'rule' | 'roll'>): string | null {
  if (!ballot.rule.directorLast) return null;
  const director = presiders(ballot.roll).find((entry) => entry.kind === 'director');
  return director && !director.recusal && !director.vacated ? director.personId : null;
}

/** Closes a ballot and stores the proof its outcome can be recomputed from. */
export function closeBallot(
  tx: CaseTransaction,
  ballot: Readonly<BallotRow>,
  votes: readonly Vote[],
  standing: Standing,
  closedBy: ClosedBy,
  higherBody: HigherBodyDecision | null = null,
): void {
  const { rule, roll, ruleVersion } = ballot;
  const proof = proofOf({
    ruleVersion,
    rule,
    roll,
    standing,
    closedBy,
    closedAt: tx.now.toISOString(),
    higherBody,
    votes,
  });
  const fact = tx.fact({
    kind: 'ballotClosed',
    step: ballot.step,
    round: ballot.round,
    ballotId: ballot.id,
    codes: { outcome: proof.outcome, decidedBy: proof.decidedBy, reason: proof.reasonCode, closedBy },
  });
  tx.ballots.change(ballot, {
    status: 'closed',
    outcome: proof.outcome,
    proof,
    standing,
    closedAt: tx.now,
    closedSeq: fact.seq,
  });
  closeStep(tx, ballot.step, ballot.round, proof.outcome, { ballotId: ballot.id });
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
