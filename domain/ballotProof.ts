/**
 * The proof 计票依据 a closed ballot stores: everything the rule looked at and what it made of it, as plain JSON, so
 * that the outcome can be recomputed and explained without anything else.
 */
import type { BallotRule } from './ballotRule.ts';
import { type Closing, closing, type Standing } from './closing.ts';
import { missing, presiders, type RollEntry } from './roll.ts';
import { type BallotOutcome, type Conclusion, conclude, type Tally, type Verdict } from './tally.ts';
import { type Choice, countedVotes, type MarkedVote, markVotes, type Vote } from './vote.ts';

/** By the closing rule, by the recording of a held meeting, or by a higher body after an inquorate ballot. */
export type ClosedBy = Exclude<Closing['reason'], 'extension' | 'waiting'> | 'recording' | 'higherBody';

/** What a higher body decided in place of an inquorate ballot, and its minutes. */
export type HigherBodyDecision = { readonly outcome: 'passed' | 'failed'; readonly evidenceId: string };

type BallotFacts = {
  /** the policy version the case began with */
  readonly ruleVersion: number;
  readonly rule: BallotRule;
  /** with recusals and substitutes, as it stood at closing */
  readonly roll: readonly RollEntry[];
  readonly standing: Standing;
  readonly closedBy: ClosedBy;
  /** ISO 8601 with zone */
  readonly closedAt: string;
  readonly higherBody: HigherBodyDecision | null;
};

export type BallotProof = BallotFacts & {
  readonly votes: readonly MarkedVote[];
  readonly tally: Tally;
  readonly outcome: BallotOutcome;
  readonly decidedBy: Verdict['decidedBy'] | 'higherBody';
  readonly reasonCode: Verdict['reasonCode'];
};

function decided(facts: BallotFacts, counted: Conclusion): Pick<BallotProof, 'outcome' | 'decidedBy'> {
  if (facts.closedBy === 'higherBody' && facts.higherBody) {
    return { outcome: facts.higherBody.outcome, decidedBy: 'higherBody' };
  }
  return { outcome: counted.outcome, decidedBy: counted.decidedBy };
}

/** The proof of a ballot that closes with these facts. `reasonCode` is the count's, also under a higher body's decision. */
export function proofOf(facts: BallotFacts & { readonly votes: readonly Vote[] }): BallotProof {
  const { ruleVersion, rule, roll, standing, closedBy, closedAt, higherBody } = facts;
  const counted = conclude(rule, roll, facts.votes, standing);
  return {
    ruleVersion,
    rule,
    roll,
    standing,
    votes: markVotes(roll, facts.votes),
    tally: counted.tally,
    ...decided(facts, counted),
    reasonCode: counted.reasonCode,
    closedBy,
    closedAt,
    higherBody,
  };
}

/** The paths at which two JSON values differ, for instance `tally.P` or `votes.3.counted`. */
export function differing(path: string, stored: unknown, computed: unknown): readonly string[] {
  if (typeof stored !== 'object' || typeof computed !== 'object' || stored === null || computed === null) {
    return stored === computed ? [] : [path];
  }
  const before = stored as Record<string, unknown>;
  const after = computed as Record<string, unknown>;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differing(`${path}.${key}`, before[key], after[key]));
}

/** Whether the votes' places in the sequence are all different. */
export function isSequence(votes: readonly Vote<string>[]): boolean {
  return new Set(votes.map((vote) => vote.seq)).size === votes.length;
}

function closedRightly(proof: BallotProof, counted: Conclusion): boolean {
  if (proof.closedBy === 'recording') return proof.higherBody === null;
  if (proof.closedBy === 'higherBody') return proof.higherBody !== null && counted.outcome === 'inquorate';
  const { close, reason } = closing(proof.rule, proof.roll, proof.votes, proof.standing);
  return proof.higherBody === null && close && reason === proof.closedBy;
}

/**
 * Counts a stored proof again from its rule, roll and votes alone. `differences` names every stored result that does
 * not follow from them: paths into the proof, `votes.sequence` and `closedBy`.
 */
export function recompute(proof: BallotProof): {
  readonly outcome: BallotOutcome;
  readonly tally: Tally;
  readonly agrees: boolean;
  readonly differences: readonly string[];
} {
  const again = proofOf(proof);
  const counted = conclude(proof.rule, proof.roll, proof.votes, proof.standing);
  const differences = [
    ...differing('tally', proof.tally, again.tally),
    ...differing('votes', proof.votes, again.votes),
    ...differing('outcome', proof.outcome, again.outcome),
    ...differing('decidedBy', proof.decidedBy, again.decidedBy),
    ...differing('reasonCode', proof.reasonCode, again.reasonCode),
    ...(isSequence(proof.votes) ? [] : ['votes.sequence']),
    ...(closedRightly(proof, counted) ? [] : ['closedBy']),
  ];
  return { outcome: again.outcome, tally: again.tally, agrees: differences.length === 0, differences };
}

/**
 * One way in which a closed ballot would have ended otherwise: so many `votes` given as `to` instead of `from`, the
 * presiding seats in `including` among them where it takes theirs.
 */
export type Change = {
  readonly from: Choice | 'silent';
  readonly to: Choice;
  readonly votes: number;
  readonly including: readonly string[];
  readonly outcome: BallotOutcome;
};

const choices: readonly Choice[] = ['for', 'against', 'abstain'];

/** All subsets, each after its own subsets. */
function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  const sets: (readonly T[])[] = [[]];
  for (const item of items) sets.push(...sets.map((set) => [...set, item]));
  return sets;
}

/** What would change it: for each kind of change the fewest votes that give another outcome. None against a higher body. */
export function wouldChange(proof: BallotProof): readonly Change[] {
  const { rule, roll, standing, votes } = proof;
  if (proof.closedBy === 'higherBody') return [];
  const given = countedVotes(roll, votes);
  const silent = new Set(missing(roll, votes).map((entry) => entry.personId));
  const chairs = presiders(roll);

  const outcomeWith = (changed: readonly RollEntry[], to: Choice): BallotOutcome => {
    const choicesNow = new Map([...given, ...changed.map((entry) => [entry.personId, to] as const)]);
    const recast = [...choicesNow].map(([personId, choice], seq) => ({ seq, personId, choice }));
    return conclude(rule, roll, recast, standing).outcome;
  };
  const fewest = (from: Change['from'], to: Choice): Change | null => {
    const voters = roll.filter(
      ({ personId, vacated }) => !vacated && (from === 'silent' ? silent.has(personId) : given.get(personId) === from),
    );
    const members = voters.filter((entry) => !chairs.includes(entry));
    const chairSets = subsets(voters.filter((entry) => chairs.includes(entry)));
    for (let count = 1; count <= voters.length; count++) {
      for (const chairSet of chairSets) {
        const fromMembers = count - chairSet.length;
        if (fromMembers < 0 || fromMembers > members.length) continue;
        const outcome = outcomeWith([...chairSet, ...members.slice(0, fromMembers)], to);
        if (outcome !== proof.outcome) {
          return { from, to, votes: count, including: chairSet.map((entry) => entry.seatId), outcome };
        }
      }
    }
    return null;
  };
  return [...choices, 'silent' as const].flatMap((from) =>
    choices.filter((to) => to !== from).flatMap((to) => fewest(from, to) ?? []),
  );
}
