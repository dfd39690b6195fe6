/**
 * A choice among options (article 10.3: maintain, intensify, terminate): passed by more than half of those present; else
 * a second ballot between the two leading; where that does not decide, the mildest holds. Assumption 系统默认.
 */

import { type BallotProof, differing, isSequence, recompute } from './ballotProof.ts';
import type { BallotRule } from './ballotRule.ts';
import { atOpening, type Closing, closingOf, type Standing } from './closing.ts';
import { missing, type RollEntry } from './roll.ts';
import { type Attendance, attendance, isQuorate } from './tally.ts';
import { countedVotes, type MarkedVote, markVotes, type Vote } from './vote.ts';

export type Question = {
  /** mildest first */
  readonly order: readonly [string, string, ...string[]];
  /** the two of the second ballot, milder first; null in the first */
  readonly finalists: readonly [string, string] | null;
};

/** A vote for one of the options standing, or `abstain`. */
export type OptionVote = Vote<string>;

export type ChoiceTally = Attendance & {
  /** votes by option standing */
  readonly counts: Readonly<Record<string, number>>;
  readonly abstain: number;
};

export type ChoiceConclusion = {
  readonly outcome: 'decided' | 'secondBallot' | 'notDecided';
  /** what was decided, or what holds undecided; null before the second ballot */
  readonly option: string | null;
  /** for the second ballot: new votes, same recusals; milder first */
  readonly finalists: readonly [string, string] | null;
  readonly quorate: boolean;
  readonly tally: ChoiceTally;
};

/** The options one may vote for: in the second ballot only the two leading. */
export function standingOptions(question: Question): readonly string[] {
  return question.finalists ?? question.order;
}

/** Counts as in any ballot (N, R, B, P, quorum); a vote for an option that does not stand is no vote. */
export function tallyChoice(
  rule: BallotRule,
  question: Question,
  roll: readonly RollEntry[],
  votes: readonly OptionVote[],
): ChoiceTally {
  const options = standingOptions(question);
  const valid = votes.filter((vote) => vote.choice === 'abstain' || options.includes(vote.choice));
  const counted = countedVotes(roll, valid);
  const given = [...counted.values()];
  const count = (choice: string) => given.filter((vote) => vote === choice).length;
  return {
    ...attendance(rule, roll, counted),
    counts: Object.fromEntries(options.map((option) => [option, count(option)])),
    abstain: count('abstain'),
  };
}

/** The two leading, milder first; ties for a place go to the milder. */
function leading(question: Question, seen: ChoiceTally): readonly [string, string] {
  const { order } = question;
  const votesFor = (option: string) => seen.counts[option] ?? 0;
  const [first = order[0], second = order[1]] = order.toSorted((a, b) => votesFor(b) - votesFor(a));
  return order.indexOf(first) < order.indexOf(second) ? [first, second] : [second, first];
}

/**
 * What a choice that closes now comes to. Without a quorum, or without an option above half of those present, the first
 * ballot leads to the second, and the second to the mildest of all, marked `notDecided`: that completes the matter and
 * puts it on the next agenda. There is no tie-break.
 */
export function concludeChoice(
  rule: BallotRule,
  question: Question,
  roll: readonly RollEntry[],
  votes: readonly OptionVote[],
): ChoiceConclusion {
  const seen = tallyChoice(rule, question, roll, votes);
  const quorate = isQuorate(rule, seen);
  const option = standingOptions(question).find((name) => 2 * (seen.counts[name] ?? 0) > seen.P);
  if (quorate && option !== undefined) return { outcome: 'decided', option, finalists: null, quorate, tally: seen };
  if (question.finalists) {
    return { outcome: 'notDecided', option: question.order[0], finalists: null, quorate, tally: seen };
  }
  return { outcome: 'secondBallot', option: null, finalists: leading(question, seen), quorate, tally: seen };
}

/**
 * Whether a choice closes now. Early only when an option stays above half of those present even if all the missing vote
 * against it: silence and recusal only make its majority larger and the quorum no harder to keep.
 */
export function closingOfChoice(
  rule: BallotRule,
  question: Question,
  roll: readonly RollEntry[],
  votes: readonly OptionVote[],
  at: Standing = atOpening,
): Closing {
  return closingOfSealedChoice(rule, question, roll, votes, at, () => votes);
}

/** The same where the choices are sealed: `opened` opens them, and is asked only where the rule closes early. */
export function closingOfSealedChoice(
  rule: BallotRule,
  question: Question,
  roll: readonly RollEntry[],
  sealed: readonly Vote<string>[],
  at: Standing,
  opened: () => readonly OptionVote[],
): Closing {
  return closingOf(rule, roll, sealed, at, () => {
    const votes = opened();
    const { counts, P } = tallyChoice(rule, question, roll, votes);
    const most = P + missing(roll, votes).length;
    return Object.values(counts).some((count) => 2 * count > most);
  });
}

/** The proof of a closed choice: plain JSON, recomputed by `recomputeChoice`. */
export type ChoiceProof = Omit<ChoiceConclusion, 'tally'> & {
  readonly ruleVersion: number;
  readonly rule: BallotRule;
  readonly question: Question;
  readonly roll: readonly RollEntry[];
  readonly votes: readonly MarkedVote<string>[];
  readonly standing: Standing;
  readonly tally: ChoiceTally;
  readonly closedBy: Exclude<Closing['reason'], 'extension' | 'waiting'> | 'recording';
  /** ISO 8601 with zone */
  readonly closedAt: string;
};

type ChoiceFacts = Pick<
  ChoiceProof,
  'ruleVersion' | 'rule' | 'question' | 'roll' | 'standing' | 'closedBy' | 'closedAt'
> & { readonly votes: readonly OptionVote[] };

export function choiceProofOf(facts: ChoiceFacts): ChoiceProof {
  const { ruleVersion, rule, question, roll, standing, closedBy, closedAt } = facts;
  return {
    ruleVersion,
    rule,
    question,
    roll,
    standing,
    votes: markVotes(roll, facts.votes),
    ...concludeChoice(rule, question, roll, facts.votes),
    closedBy,
    closedAt,
  };
}

/** Counts a stored choice again from its rule, question, roll and votes alone; names what does not follow from them. */
export function recomputeChoice(proof: ChoiceProof): {
  readonly agrees: boolean;
  readonly differences: readonly string[];
} {
  const { rule, question, roll, votes, standing, closedBy } = proof;
  const { close, reason } = closingOfChoice(rule, question, roll, votes, standing);
  const differences = [
    ...differing('proof', proof, choiceProofOf(proof)),
    ...(isSequence(votes) ? [] : ['votes.sequence']),
    ...(closedBy === 'recording' || (close && reason === closedBy) ? [] : ['closedBy']),
  ];
  return { agrees: differences.length === 0, differences };
}

/** The proof of any closed ballot. */
export type Proof = BallotProof | ChoiceProof;

export const isChoice = (proof: Proof): proof is ChoiceProof => 'question' in proof;

/** Counts any stored proof again; names what does not follow from it. */
export const agreementOf = (proof: Proof): { readonly agrees: boolean; readonly differences: readonly string[] } =>
  isChoice(proof) ? recomputeChoice(proof) : recompute(proof);

/** What a choice settles its step as: the option that holds, or that there is to be a second ballot. */
export const outcomeOfChoice = ({ outcome, option }: Pick<ChoiceConclusion, 'outcome' | 'option'>): string =>
  option ?? outcome;

/** What one may vote for in a ballot: for or against, or the options that stand. */
export const votesFor = (question: Question | null): readonly string[] =>
  question ? [...standingOptions(question), 'abstain'] : ['for', 'against', 'abstain'];
