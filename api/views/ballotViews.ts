import type { Actor } from '../../cases/actor.ts';
import { factPlace } from '../../cases/transaction.ts';
import {
  attendance,
  type BallotRule,
  closing,
  countedVotes,
  type RollEntry,
  type Standing,
  tally,
  type Vote,
  visibleVotes,
  wouldChange,
} from '../../domain/ballot.ts';
import { closingOfChoice, isChoice, type Proof, type Question, tallyChoice, votesFor } from '../../domain/choice.ts';
import { type DataKey, openJson } from '../../platform/cipher.ts';
import type { Ballot, Fact, PrismaClient } from '../../prisma/generated/client.ts';
import type { BallotView, TallyView } from '../contract/ballots.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf, timeOrNull } from './days.ts';
import { articleOf } from './holders.ts';
import { loadNames, type Names } from './names.ts';
import { isTold } from './sealing.ts';

type SealedVote = Vote<string> & { readonly reason: string | null; readonly at: Date };

/** A case's ballots as this person may see them: a sealed choice is its voter's alone until closing. */
export async function ballotViews(
  deps: Pick<ApiDeps, 'prisma' | 'keys'>,
  actor: Actor,
  { id: caseId, process, closedAt }: { id: string; process: string; closedAt: Date | null },
): Promise<BallotView[]> {
  const { prisma } = deps;
  const ballots = await prisma.ballot.findMany({ where: { caseId }, orderBy: [{ openedAt: 'asc' }, { round: 'asc' }] });
  if (ballots.length === 0) return [];
  const [given, tasks, steps] = await Promise.all([
    prisma.fact.findMany({ where: { caseId, kind: 'voted', secret: { not: null } }, orderBy: { seq: 'asc' } }),
    prisma.task.findMany({ where: { caseId, ballotId: { not: null } } }),
    prisma.step.findMany({ where: { caseId } }),
  ]);
  const key = given.length > 0 ? await deps.keys.get(`case:${caseId}`) : null;
  const votes = key ? given.map((fact) => ({ ballotId: fact.ballotId, ...openVote(key, fact) })) : [];
  const rolls = ballots.flatMap((ballot) => rollOf(ballot));
  const names = await loadNames(prisma, {
    persons: rolls.map((entry) => entry.personId),
    units: rolls.map((entry) => entry.unitId),
  });
  const seats = await seatNames(prisma, rolls);
  return ballots.map((ballot) => {
    const own = votes.filter(({ ballotId }) => ballotId === ballot.id || ballotId === ballot.continues);
    const pending = tasks.filter(
      (task) => task.ballotId === ballot.id && task.kind === 'decideRecusal' && task.status === 'open',
    );
    return ballotView({
      ballot,
      process,
      actor,
      votes: own,
      pendingRecusals: pending.map((task) => String((task.subject as { personId?: unknown }).personId)),
      taskId:
        tasks.find(
          (task) =>
            task.ballotId === ballot.id && task.kind === 'vote' && task.candidates.includes(`person:${actor.personId}`),
        )?.id ?? null,
      told: isTold(ballot, { ballots, steps, isClosed: closedAt !== null }),
      names,
      seats,
    });
  });
}

const rollOf = (ballot: Ballot): readonly RollEntry[] => ballot.roll as unknown as readonly RollEntry[];

function openVote(key: DataKey, fact: Fact): SealedVote {
  const { choice, reason } = openJson(key, fact.secret, factPlace(fact.caseId, fact.seq)) as {
    choice: string;
    reason?: string;
  };
  return { seq: fact.seq, personId: fact.actorId ?? '', choice, reason: reason ?? null, at: fact.at };
}

type SeatNames = ReadonlyMap<string, { readonly name: string; readonly nameEn: string }>;

async function seatNames(prisma: PrismaClient, rolls: readonly RollEntry[]): Promise<SeatNames> {
  const seats = await prisma.seat.findMany({ where: { id: { in: [...new Set(rolls.map((entry) => entry.seatId))] } } });
  return new Map(seats.map((seat) => [seat.id, seat]));
}

type Parts = {
  readonly ballot: Ballot;
  readonly process: string;
  readonly actor: Actor;
  readonly votes: readonly SealedVote[];
  readonly pendingRecusals: readonly string[];
  readonly taskId: string | null;
  readonly told: boolean;
  readonly names: Names;
  readonly seats: SeatNames;
};

function ballotView({ ballot, process, actor, votes, pendingRecusals, taskId, told, names, seats }: Parts): BallotView {
  const rule = ballot.rule as unknown as BallotRule;
  const standing = ballot.standing as unknown as Standing;
  const question = ballot.question as unknown as Question | null;
  const stored = ballot.proof as unknown as Proof | null;
  const proof = told ? stored : null;
  const counted = proof && !isChoice(proof) ? proof : null;
  const roll = rollOf(ballot);
  const closed = ballot.status === 'closed';
  // A recorded meeting's votes stand in the proof alone.
  const counting: readonly Vote<string>[] = proof?.votes ?? votes;
  const given = countedVotes(roll, counting);
  const visible = new Map(
    visibleVotes(rule, counting, actor.personId, { closed: told }).map(({ personId, choice }) => [personId, choice]),
  );
  const own = votes.findLast((vote) => vote.personId === actor.personId);
  const ownEntry = roll.find((entry) => entry.personId === actor.personId);
  return {
    id: ballot.id,
    step: ballot.step,
    round: ballot.round,
    matter: rule.matter,
    article: articleOf(process, ballot.step),
    mode: stored?.closedBy === 'recording' ? 'meeting' : 'online',
    status: ballot.status,
    policyVersion: Number(ballot.ruleVersion),
    rule: {
      quorumOfBody: [...rule.quorumOfBody],
      quorumOfSeats: [...rule.quorumOfSeats],
      majorityOf: rule.majorityOf,
      presiderRequired: rule.presiderRequired,
      tieBreak: rule.tieBreak,
      directorLast: rule.directorLast,
      sealed: rule.sealed,
      early: rule.early,
    },
    votes: [...votesFor(question)],
    choice: question ? { options: [...question.order], second: question.finalists !== null } : null,
    openedAt: timeOf(ballot.openedAt),
    dueAt: timeOf(ballot.dueAt),
    directorDueAt: timeOrNull(ballot.directorDueAt),
    directorTurn: !closed && closingNow(rule, question, roll, votes, standing).directorsTurn,
    extended: standing.extended,
    substituted: roll.some((entry) => entry.substitute === true),
    runoff: standing.runoff,
    roll: roll.map((entry) => ({
      seatId: entry.seatId,
      seatName: seats.get(entry.seatId)?.name ?? entry.seatId,
      seatNameEn: seats.get(entry.seatId)?.nameEn ?? entry.seatId,
      kind: entry.kind,
      ord: entry.order,
      unit: names.unitOrNull(entry.unitId),
      person: names.person(entry.personId),
      recusal: entry.recusal,
      recusalPending: pendingRecusals.includes(entry.personId),
      substitute: entry.substitute ?? false,
      hasVoted: given.has(entry.personId),
      choice: given.has(entry.personId) ? (visible.get(entry.personId) ?? null) : null,
    })),
    tally: tallyView(rule, question, roll, counting, told),
    mine: ownEntry
      ? {
          taskId,
          choice: own?.choice ?? null,
          reason: own?.reason ?? null,
          at: own ? timeOf(own.at) : null,
          recusal: ownEntry.recusal,
        }
      : null,
    outcome: ballot.outcome,
    decided: stored && isChoice(stored) && stored.outcome !== 'secondBallot' ? stored.outcome === 'decided' : null,
    decidedBy: counted?.decidedBy ?? null,
    reasonCode: counted?.reasonCode ?? null,
    closedBy: proof?.closedBy ?? null,
    closedAt: timeOrNull(ballot.closedAt),
    wouldChange: counted ? wouldChange(counted).map((change) => ({ ...change, including: [...change.including] })) : [],
  };
}

const closingNow = (
  rule: BallotRule,
  question: Question | null,
  roll: readonly RollEntry[],
  votes: readonly Vote<string>[],
  standing: Standing,
) =>
  question
    ? closingOfChoice(rule, question, roll, votes, standing)
    : closing(rule, roll, votes as readonly Vote[], standing);

/** Who could come and who came is told at once; how they voted once it may be. */
function tallyView(
  rule: BallotRule,
  question: Question | null,
  roll: readonly RollEntry[],
  votes: readonly Vote<string>[],
  told: boolean,
): TallyView {
  const { N, R, B, P, quorum } = attendance(rule, roll, countedVotes(roll, votes));
  const inFavour = question ? null : tally(rule, roll, votes as readonly Vote[]);
  const chosen = question ? tallyChoice(rule, question, roll, votes) : null;
  return {
    seats: N,
    recused: R,
    expected: B,
    present: P,
    quorum,
    for: told ? (inFavour?.for ?? null) : null,
    against: told ? (inFavour?.against ?? null) : null,
    abstain: told ? ((inFavour ?? chosen)?.abstain ?? null) : null,
    options: told && chosen ? Object.entries(chosen.counts).map(([option, count]) => ({ option, votes: count })) : null,
  };
}
