/** When a ballot closes, whose turn it is, and who may vote or see votes until then. */
import type { BallotRule } from './ballotRule.ts';
import { entryOf, missing, presiders, type RollEntry } from './roll.ts';
import {
  attendance,
  type BallotOutcome,
  castingVote,
  isQuorate,
  isReachable,
  quorumOf,
  tally,
  verdict,
} from './tally.ts';
import { type Choice, countedVotes, type Vote } from './vote.ts';

/** How a ballot stands besides its votes; with them, all the rule looks at. */
export type Standing = {
  /** the due time has passed: of all, or of the others where the director votes last */
  readonly deadlinePassed: boolean;
  /** the director's own time, which began with his turn, has passed */
  readonly directorsTimePassed: boolean;
  /** the one extension for want of a quorum has been given (and so after substitutes were named) */
  readonly extended: boolean;
  /** this is the new ballot after a tie */
  readonly runoff: boolean;
};

/** How a ballot stands when it opens. */
export const atOpening: Standing = {
  deadlinePassed: false,
  directorsTimePassed: false,
  extended: false,
  runoff: false,
};

export type Closing = {
  readonly close: boolean;
  /** no quorum at the deadline: extend once, votes kept, for all */
  readonly extend: boolean;
  /** the director, who votes last, may vote */
  readonly directorsTurn: boolean;
  readonly reason: 'complete' | 'early' | 'deadline' | 'unreachable' | 'extension' | 'waiting';
};

/** The director where he votes last; undefined where the rule does not ask it, or he is recused or his seat vacant. */
export function lastVoter(rule: BallotRule, roll: readonly RollEntry[]): RollEntry | undefined {
  if (!rule.directorLast) return undefined;
  return presiders(roll).find((entry) => entry.kind === 'director' && !entry.recusal && !entry.vacated);
}

function isDirectorsTurn(
  rule: BallotRule,
  roll: readonly RollEntry[],
  votes: readonly Vote<string>[],
  at: Pick<Standing, 'deadlinePassed'>,
): boolean {
  const last = lastVoter(rule, roll);
  return last !== undefined && (at.deadlinePassed || missing(roll, votes).every((entry) => entry === last));
}

/**
 * The closing rule of every kind of ballot. `settled` says that nothing the missing could do matters any more; it is
 * asked only where the rule closes early. A ballot without a quorum does not close before its deadline even when all
 * have acted, since a vacated seat may be filled until then.
 */
export function closingOf(
  rule: BallotRule,
  roll: readonly RollEntry[],
  votes: readonly Vote<string>[],
  at: Standing,
  settled: () => boolean,
): Closing {
  const counted = countedVotes(roll, votes);
  const seen = attendance(rule, roll, counted);
  const absent = missing(roll, votes);
  const last = lastVoter(rule, roll);
  const directorsTurn = isDirectorsTurn(rule, roll, votes, at);
  const closed = (reason: Closing['reason']): Closing => ({ close: true, extend: false, directorsTurn: false, reason });

  if (!isReachable(rule, seen)) return closed('unreachable');
  const quorate = isQuorate(rule, seen);
  if (quorate && absent.length === 0) return closed('complete');
  const directorDone = last === undefined || counted.has(last.personId) || at.directorsTimePassed;
  if ((at.deadlinePassed && directorDone) || (directorsTurn && at.directorsTimePassed)) {
    if (quorate || at.extended) return closed('deadline');
    return { close: false, extend: true, directorsTurn: false, reason: 'extension' };
  }
  if (quorate && rule.early && settled()) return closed('early');
  return { close: false, extend: false, directorsTurn, reason: 'waiting' };
}

/**
 * Whether a ballot closes now: every person has voted or is recused, early, at the deadline, or at once where no quorum
 * can be had. Asked after every vote, recusal and change of the roll, and at every deadline.
 */
export function closing(
  rule: BallotRule,
  roll: readonly RollEntry[],
  votes: readonly Vote[],
  at: Standing = atOpening,
): Closing {
  return closingOfSealed(rule, roll, votes, at, () => votes);
}

/** The same where the choices are sealed: `opened` opens them, and is asked only where the rule closes early. */
export function closingOfSealed(
  rule: BallotRule,
  roll: readonly RollEntry[],
  sealed: readonly Vote<string>[],
  at: Standing,
  opened: () => readonly Vote[],
): Closing {
  return closingOf(rule, roll, sealed, at, () => settledOutcome(rule, roll, opened(), at) !== null);
}

type Act = Choice | 'silent' | 'recused';

/** Whoever has not voted may still vote or be recused while the ballot is open; once his time is over, only the latter. */
function actsOf(canVote: boolean): readonly Act[] {
  return canVote ? ['for', 'against', 'abstain', 'silent', 'recused'] : ['silent', 'recused'];
}

/**
 * The outcome that every way the missing could act leads to, or null where they could still change it (and where the
 * outcome would be no quorum: that is known at the deadline only). Members who have not voted are interchangeable, so
 * they are counted; the director and the vice directors, who preside and cast, are taken one by one. A vacated seat can
 * only be silent, and votes once given are taken as they are.
 */
export function settledOutcome(
  rule: BallotRule,
  roll: readonly RollEntry[],
  votes: readonly Vote[],
  at: Standing,
): BallotOutcome | null {
  const counted = countedVotes(roll, votes);
  const now = tally(rule, roll, votes);
  const last = lastVoter(rule, roll);
  const membersMayVote = !at.deadlinePassed;
  const chairs = presiders(roll).filter((entry) => !entry.recusal && !entry.vacated);
  const chairVotes = chairs.flatMap((chair) => counted.get(chair.personId) ?? []);
  const membersFor = now.for - chairVotes.filter((vote) => vote === 'for').length;
  const membersVoted = now.P - chairVotes.length;
  const membersMissing = missing(roll, votes).filter((entry) => !chairs.includes(entry)).length;

  const outcomeIf = (chairActs: readonly Act[], addedFor: number, addedOther: number, recused: number) => {
    const chairsVoted = chairActs.filter((act) => act !== 'silent' && act !== 'recused').length;
    const B = now.B - recused - chairActs.filter((act) => act === 'recused').length;
    const way = {
      ...now,
      B,
      quorum: quorumOf(rule, now.N, B),
      P: membersVoted + addedFor + addedOther + chairsVoted,
      for: membersFor + addedFor + chairActs.filter((act) => act === 'for').length,
      presided: chairsVoted > 0,
      casting: castingVote(chairs.map(({ seatId }, index) => ({ seatId, choice: chairActs[index] }))),
    };
    return verdict(rule, way, at).outcome;
  };

  let common: BallotOutcome | null = null;
  const agrees = (outcome: BallotOutcome): boolean => {
    common ??= outcome;
    return outcome === common && outcome !== 'inquorate';
  };
  const membersAgree = (chairActs: readonly Act[]): boolean => {
    for (let recused = 0; recused <= membersMissing; recused++) {
      const voters = membersMayVote ? membersMissing - recused : 0;
      for (let addedFor = 0; addedFor <= voters; addedFor++) {
        for (let addedOther = 0; addedOther <= voters - addedFor; addedOther++) {
          if (!agrees(outcomeIf(chairActs, addedFor, addedOther, recused))) return false;
        }
      }
    }
    return true;
  };
  const allAgree = (chairActs: readonly Act[]): boolean => {
    const chair = chairs[chairActs.length];
    if (!chair) return membersAgree(chairActs);
    const vote = counted.get(chair.personId);
    const acts = vote ? [vote] : actsOf(chair === last || membersMayVote);
    return acts.every((act) => allAgree([...chairActs, act]));
  };
  return allAgree([]) ? common : null;
}

export type VotingRefusal = 'notOnRoll' | 'recused' | 'timeOver' | 'notDirectorsTurn';

/**
 * Why a person may not vote (or change his vote) in an open ballot now; null if he may. The director who votes last has
 * his own time; the others' votes are final when theirs is over.
 */
export function votingRefusal(
  rule: BallotRule,
  roll: readonly RollEntry[],
  votes: readonly Vote<string>[],
  personId: string,
  at: Pick<Standing, 'deadlinePassed' | 'directorsTimePassed'>,
): VotingRefusal | null {
  const voter = entryOf(roll, personId);
  if (!voter) return 'notOnRoll';
  if (voter.recusal) return 'recused';
  if (voter !== lastVoter(rule, roll)) return at.deadlinePassed ? 'timeOver' : null;
  if (at.directorsTimePassed) return 'timeOver';
  return isDirectorsTurn(rule, roll, votes, at) ? null : 'notDirectorsTurn';
}

/**
 * The votes as one viewer may see them: in a sealed ballot only his own choices until closing (null for the others'),
 * whatever his office; after closing, and in an open ballot, all.
 */
export function visibleVotes<C extends string>(
  rule: BallotRule,
  votes: readonly Vote<C>[],
  viewerPersonId: string,
  ballot: { readonly closed: boolean },
): readonly { readonly seq: number; readonly personId: string; readonly choice: C | null }[] {
  return votes.map(({ seq, personId, choice }) => ({
    seq,
    personId,
    choice: !rule.sealed || ballot.closed || personId === viewerPersonId ? choice : null,
  }));
}
