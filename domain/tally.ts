/** Counting a ballot, and what the count decides. All numbers are persons. */
import type { BallotRule, Fraction } from './ballotRule.ts';
import { occupants, presiders, type RollEntry } from './roll.ts';
import { type Choice, countedVotes, type Vote } from './vote.ts';

/** Who could come and who came, whatever they voted. */
export type Attendance = {
  /** seats filled at opening, one a person */
  readonly N: number;
  /** recused among them */
  readonly R: number;
  readonly substitutes: number;
  /** 应到: N − R, and the seats substitutes brought back */
  readonly B: number;
  /** 实到: those whose vote counts, abstentions included */
  readonly P: number;
  readonly quorum: number;
  /** the director or a vice director is among those who voted */
  readonly presided: boolean;
  /** one of them has voted or still may */
  readonly presiderLeft: boolean;
};

export type Tally = Attendance & {
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
  /** whose own for or against would decide a tie: the director's, else the vice directors' in order of seat */
  readonly casting: { readonly seatId: string; readonly choice: 'for' | 'against' } | null;
};

export type BallotOutcome = 'passed' | 'failed' | 'deferred' | 'inquorate';

export type Verdict = {
  readonly outcome: BallotOutcome;
  readonly decidedBy: 'count' | 'castingVote' | 'tieBreak' | 'runoff' | 'quorum';
  readonly reasonCode:
    | 'majority'
    | 'noMajority'
    | 'exactlyHalf'
    | 'castingVoteFor'
    | 'castingVoteAgainst'
    | 'noCastingVote'
    | 'bodyBelowQuorum'
    | 'nobodyToPreside'
    | 'quorumNotReached'
    | 'presiderAbsent';
};

export type Conclusion = Verdict & { readonly tally: Tally };

function roundedUp([numerator, denominator]: Fraction, count: number): number {
  return Math.ceil((numerator * count) / denominator);
}

/** Q = max(⌈q·B⌉, ⌈f·N⌉, floor): recusals lower the first, never the second. Assumption 系统默认. */
export function quorumOf(rule: BallotRule, N: number, B: number): number {
  return Math.max(roundedUp(rule.quorumOfBody, B), roundedUp(rule.quorumOfSeats, N), rule.floor);
}

/** `voted` has the persons whose vote counts. */
export function attendance(
  rule: BallotRule,
  roll: readonly RollEntry[],
  voted: Pick<ReadonlyMap<string, unknown>, 'has' | 'size'>,
): Attendance {
  const snapshot = roll.filter((entry) => !entry.substitute);
  const chairs = presiders(roll).filter((entry) => !entry.recusal && !entry.vacated);
  const N = snapshot.length;
  const B = occupants(roll).filter((entry) => !entry.recusal).length;
  return {
    N,
    R: snapshot.filter((entry) => entry.recusal).length,
    substitutes: roll.length - N,
    B,
    P: voted.size,
    quorum: quorumOf(rule, N, B),
    presided: chairs.some((entry) => voted.has(entry.personId)),
    presiderLeft: chairs.length > 0,
  };
}

/** Enough have voted and, where the rule asks for it, one of them presides. */
export function isQuorate(rule: BallotRule, seen: Attendance): boolean {
  return seen.P >= seen.quorum && (!rule.presiderRequired || seen.presided);
}

/** A quorum can still be had. Where it cannot, the ballot is inquorate 流会 at once. */
export function isReachable(rule: BallotRule, seen: Attendance): boolean {
  return seen.B >= seen.quorum && (!rule.presiderRequired || seen.presiderLeft);
}

/** The first for or against among the presiders' choices, taken in order of seat. */
export function castingVote(
  choices: readonly { readonly seatId: string; readonly choice: string | undefined }[],
): Tally['casting'] {
  for (const { seatId, choice } of choices) {
    if (choice === 'for' || choice === 'against') return { seatId, choice };
  }
  return null;
}

/** The last vote of each person counts; votes of the recused and of people not on the roll do not. */
export function tally(rule: BallotRule, roll: readonly RollEntry[], votes: readonly Vote[]): Tally {
  const counted = countedVotes(roll, votes);
  const count = (choice: Choice) => [...counted.values()].filter((given) => given === choice).length;
  const chairs = presiders(roll).filter((entry) => !entry.vacated);
  return {
    ...attendance(rule, roll, counted),
    for: count('for'),
    against: count('against'),
    abstain: count('abstain'),
    casting: castingVote(chairs.map(({ seatId, personId }) => ({ seatId, choice: counted.get(personId) }))),
  };
}

function whyInquorate(rule: BallotRule, seen: Tally): Verdict['reasonCode'] {
  if (seen.B < seen.quorum) return 'bodyBelowQuorum';
  if (rule.presiderRequired && !seen.presiderLeft) return 'nobodyToPreside';
  return seen.P < seen.quorum ? 'quorumNotReached' : 'presiderAbsent';
}

/** What a tally decides. In the runoff after a tie there is no further tie-break: exactly half fails. */
export function verdict(rule: BallotRule, seen: Tally, ballot: { readonly runoff: boolean }): Verdict {
  if (!isQuorate(rule, seen)) {
    return { outcome: 'inquorate', decidedBy: 'quorum', reasonCode: whyInquorate(rule, seen) };
  }
  const whole = rule.majorityOf === 'body' ? seen.B : seen.P;
  if (2 * seen.for > whole) return { outcome: 'passed', decidedBy: 'count', reasonCode: 'majority' };
  if (2 * seen.for < whole) return { outcome: 'failed', decidedBy: 'count', reasonCode: 'noMajority' };
  if (ballot.runoff) return { outcome: 'failed', decidedBy: 'runoff', reasonCode: 'exactlyHalf' };
  switch (rule.tieBreak) {
    case 'fail':
      return { outcome: 'failed', decidedBy: 'tieBreak', reasonCode: 'exactlyHalf' };
    case 'defer':
      return { outcome: 'deferred', decidedBy: 'tieBreak', reasonCode: 'exactlyHalf' };
    case 'castingVote':
      if (!seen.casting) return { outcome: 'deferred', decidedBy: 'tieBreak', reasonCode: 'noCastingVote' };
      return seen.casting.choice === 'for'
        ? { outcome: 'passed', decidedBy: 'castingVote', reasonCode: 'castingVoteFor' }
        : { outcome: 'failed', decidedBy: 'castingVote', reasonCode: 'castingVoteAgainst' };
  }
}

/** The outcome of a ballot that closes now with these votes. A recusal still undecided means not recused. */
export function conclude(
  rule: BallotRule,
  roll: readonly RollEntry[],
  votes: readonly Vote[],
  ballot: { readonly runoff: boolean },
): Conclusion {
  const seen = tally(rule, roll, votes);
  return { ...verdict(rule, seen, ballot), tally: seen };
}
