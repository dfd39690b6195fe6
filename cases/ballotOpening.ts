import { atOpening, matterFor, missing, type RollEntry, slate } from '../domain/ballot.ts';
import { ballotDays, ruleOf } from '../domain/ballotPolicy.ts';
import { isChoice, type Question } from '../domain/choice.ts';
import type { BallotSpec } from '../domain/process.ts';
import { newId } from '../platform/id.ts';
import type { StepPlace } from '../workflows/contracts/case.ts';
import { roleKey } from './actor.ts';
import { currentCalendar } from './calendars.ts';
import { beginning } from './pauses.ts';
import type { Matters } from './processDefinition.ts';
import { definitionOf } from './processes.ts';
import type { BallotRow } from './records.ts';
import { filledSeats, refreshRoll } from './roll.ts';
import { holdSeats } from './seats.ts';
import { timing } from './timing.ts';
import type { CaseTransaction } from './transaction.ts';
import { directorLast, openVote, sealedVotesOf, settleBallot } from './voting.ts';

/**
 * Opens the ballot of a step: the roll is the seats filled now, one person one vote, with recusal by rule. After a tie the recusals
 * are kept and no votes, as in the second ballot of a choice; after an inquorate ballot with substitutes it goes on with its roll and its votes.
 */
export async function openBallot(tx: CaseTransaction, spec: BallotSpec, place: StepPlace): Promise<void> {
  await holdSeats(tx.client);
  const { values, version } = tx.policy;
  const matters = await mattersOf(tx);
  const matter = spec.matter === 'byGrade' ? matterFor({ manager: false, ...matters }) : spec.matter;
  const before = tx.ballots.all.find((ballot) => ballot.step === place.step && ballot.round === place.round - 1);
  const substituted = before?.outcome === 'inquorate' ? substitutedRoll(tx, place) : null;
  const runoff = before?.outcome === 'deferred' || (substituted !== null && before?.standing.runoff === true);
  const question = questionOf(spec, before);
  // A ballot that is held anew keeps the recusals of the one before.
  const earlier = before?.outcome === 'deferred' || question?.finalists ? (before?.roll ?? []) : [];
  const fresh = slate(await filledSeats(tx), matters.subject, earlier).roll;
  const roll = substituted ?? [...fresh, ...substitutesOf(earlier, fresh)];
  const firstDays = spec.due ? values[spec.due] : ballotDays(matter, values);
  const days = question?.finalists ? values.secondBallotDays : firstDays;
  const from = await beginning(tx, tx.now);
  const clock = { ...timing(await currentCalendar(tx.client), from, days), periodAt: from };
  const ballot = tx.ballots.add({
    id: newId(),
    caseId: tx.case.id,
    step: place.step,
    round: place.round,
    ruleVersion: version,
    rule: ruleOf(matter, values),
    question,
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
  if (ballot.continues) {
    await loadVotes(tx, ballot.continues);
    // Seats may have changed hands while the office looked for substitutes.
    await refreshRoll(tx, ballot);
  }
  const last = directorLast(ballot);
  const waiting = missing(ballot.roll, sealedVotesOf(tx, ballot));
  for (const entry of ballot.roll) {
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

/** What a choice asks: among all its options first, then between the two that led. Null for a ballot that is for or against. */
function questionOf({ options }: BallotSpec, before: Readonly<BallotRow> | undefined): Question | null {
  if (!options) return null;
  const first = before?.proof && isChoice(before.proof) ? before.proof : null;
  return { order: options, finalists: first?.finalists ?? null };
}

/** Those who stood in for recused or vacant seats stand in again in the runoff, unless they hold a seat by now. */
const substitutesOf = (earlier: readonly RollEntry[], fresh: readonly RollEntry[]): RollEntry[] =>
  earlier.filter((entry) => entry.substitute && !fresh.some((other) => other.personId === entry.personId));

async function mattersOf(tx: CaseTransaction): Promise<Matters> {
  const { matters } = definitionOf(tx.case.process);
  if (!matters) throw new Error(`process ${tx.case.process} has a ballot and does not say what it is about`);
  return matters(tx);
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
    tx.votes.push({ seq, actorId: String(row.actor_id), secret: row.secret as Buffer, ballotId });
  }
}
