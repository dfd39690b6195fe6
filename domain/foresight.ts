/**
 * What would change 将会改变什么: what was decided, gone through again under another rule. Nothing is made up: a vote that was not given is
 * not given here either, and where a ballot would have gone on it says so. Of deadlines see `foreseenDeadline.ts`. Pure.
 */
import { visitInterval } from './accountClock.ts';
import {
  type BallotProof,
  type BallotRule,
  closing,
  conclude,
  lastVoter,
  type Matter,
  matterFor,
  settledOutcome,
  type Vote,
} from './ballot.ts';
import {
  type ChoiceConclusion,
  closingOfChoice,
  concludeChoice,
  isChoice,
  outcomeOfChoice,
  type Proof,
  tallyChoice,
} from './choice.ts';
import type { Closing, Standing } from './closing.ts';
import { type Grade, grade } from './grading.ts';
import type { PolicyValues } from './policy.ts';
import { missing } from './roll.ts';
import { contractInputs, type Score, scoreOf } from './score.ts';
import { type Conclusion, isQuorate } from './tally.ts';

/** What a ballot came to; `decided` is false where the mildest option of a choice holds because nothing was decided, null where nothing is chosen. */
export type Result = { readonly outcome: string; readonly decided: boolean | null };

export type ForeseenBallot = {
  /** `earlier`: before some of its votes were given. `later`: not with the votes it had. */
  readonly closes: 'here' | 'earlier' | 'later';
  /** Null where that depends on votes nobody gave. */
  readonly result: Result | null;
  readonly differs: boolean;
  /** The count, under the other rule, of the votes given by then. */
  readonly count: Conclusion | ChoiceConclusion;
};

/** What a stored proof came to. */
export const resultOf = (proof: Proof): Result =>
  isChoice(proof)
    ? { outcome: outcomeOfChoice(proof), decided: proof.option === null ? null : proof.outcome === 'decided' }
    : { outcome: proof.outcome, decided: null };

/** Whether two rules come to the same with the same votes: whether votes are sealed changes no count. */
export const isSameRule = (one: BallotRule, other: BallotRule): boolean =>
  JSON.stringify({ ...one, sealed: true }) === JSON.stringify({ ...other, sealed: true });

/** How a closed ballot would have gone under another rule, with the roll as it stood at its closing. */
export function foreseeBallot(proof: Proof, rule: BallotRule): ForeseenBallot {
  const { standing, closedBy } = proof;
  const ballot = replayed(proof);
  const stored = resultOf(proof);
  const foreseen = (closes: ForeseenBallot['closes'], count: Count, result: Result | null): ForeseenBallot => ({
    closes,
    result,
    differs: !isSame(result, stored),
    count,
  });
  const whole = ballot.count(rule, ballot.votes);
  const wholeResult = ballot.result(whole);

  // A meeting is over when it is over, and its minutes list everybody.
  if (closedBy === 'recording') return foreseen('here', whole, wholeResult);
  // A higher body decides what found no quorum, whatever the rule.
  if (closedBy === 'higherBody' && wholeResult.outcome === 'inquorate') return foreseen('here', whole, stored);

  const earlier = ballot.earlier(rule);
  if (earlier) {
    const count = ballot.count(rule, earlier);
    return foreseen('earlier', count, ballot.result(count));
  }
  const { close, extend } = ballot.closing(rule, ballot.votes, standing);
  if (!close) {
    const goesOn = extend ? { ...standing, deadlinePassed: false, extended: true } : standing;
    return foreseen('later', whole, ballot.settled(rule, ballot.votes, goesOn));
  }
  // Which of its votes were given by its first deadline is not in its proof: it is known only if that makes no difference.
  const atFirstDeadline = ballot.atFirstDeadline(rule);
  const isKnown = atFirstDeadline.every((result) => isSame(result, wholeResult));
  return isKnown ? foreseen('here', whole, wholeResult) : foreseen('earlier', whole, null);
}

const isSame = (one: Result | null, other: Result | null): boolean =>
  one?.outcome === other?.outcome && one?.decided === other?.decided;

type Count = Conclusion | ChoiceConclusion;
type Votes = readonly Vote<string>[];

/** A ballot of either kind, as it is gone through again. */
function replayed(proof: Proof) {
  const { roll, standing } = proof;
  const kind = isChoice(proof) ? choiceAgain(proof) : ballotAgain(proof);
  const votes: Votes = proof.votes.toSorted((a, b) => a.seq - b.seq);
  const prefixes = votes.map((_, length) => votes.slice(0, length));
  const isQuorateBy = (rule: BallotRule, given: Votes): boolean => isQuorate(rule, kind.count(rule, given).tally);
  const closes = (rule: BallotRule, given: Votes, at: Standing): boolean => kind.closing(rule, given, at).close;

  /** The deadline had passed before a vote only where none but the director, whose time ends later, voted from there on. */
  const standingBefore = (length: number): Standing => {
    const director = lastVoter(proof.rule, roll)?.personId;
    const isHisTurn = votes.slice(length).every(({ personId }) => personId === director);
    return { ...standing, deadlinePassed: standing.deadlinePassed && isHisTurn, directorsTimePassed: false };
  };

  return {
    ...kind,
    votes,
    /** The votes with which it would have closed before it did. Where its own rule would have closed it too, the roll was another then. */
    earlier: (rule: BallotRule): Votes | undefined =>
      prefixes.find((given, length) => {
        const at = standingBefore(length);
        return closes(rule, given, at) && !closes(proof.rule, given, at);
      }),
    /** What it might have come to at the deadline at which it was extended for want of a quorum. */
    atFirstDeadline: (rule: BallotRule): (Result | null)[] => {
      if (!standing.extended || roll.some((entry) => entry.substitute)) return [];
      const inTime = { ...standing, deadlinePassed: true, directorsTimePassed: false, extended: false };
      return prefixes
        .filter((given) => !isQuorateBy(proof.rule, given) && isQuorateBy(rule, given))
        .map((given) =>
          closes(rule, given, inTime) ? kind.result(kind.count(rule, given)) : kind.settled(rule, given, inTime),
        );
    },
  };
}

type Again = {
  readonly count: (rule: BallotRule, votes: Votes) => Count;
  readonly result: (count: Count) => Result;
  readonly closing: (rule: BallotRule, votes: Votes, at: Standing) => Closing;
  /** What it comes to whatever the missing do, or null. */
  readonly settled: (rule: BallotRule, votes: Votes, at: Standing) => Result | null;
};

function ballotAgain({ roll, standing }: BallotProof): Again {
  return {
    count: (rule, votes) => conclude(rule, roll, votes as readonly Vote[], standing),
    result: ({ outcome }) => ({ outcome, decided: null }),
    closing: (rule, votes, at) => closing(rule, roll, votes as readonly Vote[], at),
    settled: (rule, votes, at) => {
      const outcome = settledOutcome(rule, roll, votes as readonly Vote[], at);
      return outcome === null ? null : { outcome, decided: null };
    },
  };
}

function choiceAgain({ roll, question }: Extract<Proof, { readonly question: unknown }>): Again {
  return {
    count: (rule, votes) => concludeChoice(rule, question, roll, votes),
    result: (count) => {
      const { outcome, option } = count as ChoiceConclusion;
      return { outcome: option ?? outcome, decided: option === null ? null : outcome === 'decided' };
    },
    closing: (rule, votes, at) => closingOfChoice(rule, question, roll, votes, at),
    settled: (rule, votes) => {
      const seen = tallyChoice(rule, question, roll, votes);
      const most = seen.P + missing(roll, votes).length;
      const [option] = Object.keys(seen.counts).filter((name) => 2 * (seen.counts[name] ?? 0) > most);
      return option !== undefined && isQuorate(rule, seen) ? { outcome: option, decided: true } : null;
    },
  };
}

/** The line of Article 12 that a grade is held against. */
export const lineOf = (grade: Grade, values: Pick<PolicyValues, 'companyLineFen' | 'branchLineFen'>): string =>
  grade === 'company' ? values.companyLineFen : values.branchLineFen;

/**
 * The act a recommendation is put as under other lines (Articles 4.6, 12). Below both of them it would have needed special consideration;
 * whether that would have been asked for nobody knows: then it stays what it was.
 */
export function matterUnder(
  matter: Matter,
  expectedFen: bigint,
  values: Pick<PolicyValues, 'companyLineFen' | 'branchLineFen'>,
): Matter {
  const lines = { companyLineFen: BigInt(values.companyLineFen), branchLineFen: BigInt(values.branchLineFen) };
  const level = grade(expectedFen, lines);
  return level === 'below' ? matter : matterFor({ manager: false, level, specialConsideration: false });
}

/** What a score was given with: the assessment year, the grade and who manages the account, the days its visits were counted over, and the values it kept. */
export type Scored = {
  readonly year: number;
  readonly grade: Grade;
  readonly managedBy: 'company' | 'branch';
  readonly days: number;
  readonly kept: PolicyValues;
};

/**
 * A year's score from the same inputs, with other weights and thresholds, held against the other line of its account's grade, its visits due
 * by the other interval, its contract totals by the other figure and source. Where the visits due do not follow from the days, the account was managed
 * otherwise then: they stay as counted, as does a figure of which the other totals were not kept.
 */
export function foreseeScore(
  score: Score,
  { year, grade: of, managedBy, days, kept }: Scored,
  values: PolicyValues,
): { readonly after: Score; readonly differs: boolean } {
  const dueBy = (policy: PolicyValues): number => Math.floor(days / visitInterval(managedBy, policy));
  const visitsDue = dueBy(kept) === score.inputs.visitsDue ? dueBy(values) : score.inputs.visitsDue;
  const totals = score.inputs.totals?.map((total) => ({ ...total, fen: BigInt(total.fen) }));
  const contract = totals ? contractInputs(totals, values, year) : {};
  const after = scoreOf({ ...score.inputs, ...contract, lineFen: lineOf(of, values), visitsDue }, values);
  return { after, differs: after.suggests !== score.suggests };
}
