import { describe, expect, test } from 'vitest';
import {
  approveRule,
  atOpening,
  type BallotProof,
  inherit,
  proofOf,
  ratifyRule,
  recompute,
  type Vote,
  vacate,
  wouldChange,
} from '../../domain/ballot.ts';
import { cast, eleven, full, recused, withRule } from './ballotFixtures.ts';

const everybody = cast('for', 'V1 V2 B1 B2 C1', 'abstain', 'C2 F1', 'against', 'F2 E1 E2', 'for', 'D');
const closed = (votes: readonly Vote[], changes: Partial<Parameters<typeof proofOf>[0]> = {}): BallotProof =>
  proofOf({
    ruleVersion: 1,
    rule: approveRule,
    roll: eleven,
    votes,
    standing: atOpening,
    closedBy: 'complete',
    closedAt: '2026-03-02T09:30:00+08:00',
    higherBody: null,
    ...changes,
  });

describe('the proof', () => {
  test('is plain JSON that says everything the rule looked at, and recomputes to the same', () => {
    const proof = closed([...cast('against', 'D A1'), ...everybody.map((vote) => ({ ...vote, seq: vote.seq + 2 }))]);
    expect(JSON.parse(JSON.stringify(proof))).toEqual(proof);
    expect(proof).toMatchObject({
      outcome: 'passed',
      decidedBy: 'count',
      reasonCode: 'majority',
      closedBy: 'complete',
    });
    expect(proof.votes.slice(0, 2)).toEqual([
      { seq: 1, personId: 'D', choice: 'against', seatId: 'D', counted: false, void: 'changed' },
      { seq: 2, personId: 'A1', choice: 'against', seatId: 'A1', counted: false, void: 'recused' },
    ]);
    expect(recompute(JSON.parse(JSON.stringify(proof)))).toEqual({
      outcome: 'passed',
      tally: proof.tally,
      agrees: true,
      differences: [],
    });
  });

  test.each<[string, (proof: BallotProof) => BallotProof, string]>([
    ['outcome', (proof) => ({ ...proof, outcome: 'failed' }), 'outcome'],
    ['reason', (proof) => ({ ...proof, reasonCode: 'castingVoteFor' }), 'reasonCode'],
    ['who decided', (proof) => ({ ...proof, decidedBy: 'castingVote' }), 'decidedBy'],
    ['count', (proof) => ({ ...proof, tally: { ...proof.tally, for: 7 } }), 'tally.for'],
    ['quorum', (proof) => ({ ...proof, tally: { ...proof.tally, quorum: 2 } }), 'tally.quorum'],
    [
      'mark on a vote',
      (proof) => ({ ...proof, votes: proof.votes.map((vote) => ({ ...vote, counted: false })) }),
      'votes.0.counted',
    ],
    ['vote', (proof) => ({ ...proof, votes: proof.votes.map((vote) => ({ ...vote, choice: 'against' })) }), 'outcome'],
    ['vote left out', (proof) => ({ ...proof, votes: proof.votes.slice(1) }), 'closedBy'],
    ['vote doubled', (proof) => ({ ...proof, votes: [...proof.votes, ...proof.votes] }), 'votes.sequence'],
    ['recusal', (proof) => ({ ...proof, roll: recused(proof.roll, 'V1') }), 'tally.R'],
    ['rule', (proof) => ({ ...proof, rule: withRule(approveRule, { quorumOfBody: [1, 1] }) }), 'tally.quorum'],
    ['reason of closing', (proof) => ({ ...proof, closedBy: 'deadline' }), 'closedBy'],
    [
      'higher body without an inquorate ballot',
      (proof) => ({ ...proof, closedBy: 'higherBody', higherBody: { outcome: 'passed', evidenceId: 'minutes' } }),
      'closedBy',
    ],
  ])('betrays a changed %s', (_, change, difference) => {
    const result = recompute(change(closed(everybody)));
    expect(result.agrees).toBe(false);
    expect(result.differences).toContain(difference);
  });

  test('of an inquorate ballot, an early one, one at its deadline and a recorded one agree with themselves', () => {
    const standing = { ...atOpening, deadlinePassed: true, directorsTimePassed: true, extended: true };
    const proofs = [
      closed([], { roll: recused(full, ...full.slice(1).map((entry) => entry.personId)), closedBy: 'unreachable' }),
      closed(cast('for', 'D V1 V2 B1 B2 C1'), { rule: ratifyRule, closedBy: 'early' }),
      closed(everybody.slice(0, 4), { standing, closedBy: 'deadline' }),
      closed(everybody.slice(0, 9), { closedBy: 'recording' }),
    ];
    expect(proofs.map((proof) => proof.outcome)).toEqual(['inquorate', 'passed', 'inquorate', 'failed']);
    expect(proofs.map((proof) => recompute(proof).differences)).toEqual([[], [], [], []]);
  });

  test('records a higher body’s decision in place of an inquorate ballot, with the count as it was', () => {
    const proof = closed(everybody.slice(0, 4), {
      closedBy: 'higherBody',
      higherBody: { outcome: 'passed', evidenceId: 'minutes' },
    });
    expect(proof).toMatchObject({ outcome: 'passed', decidedBy: 'higherBody', reasonCode: 'quorumNotReached' });
    expect(recompute(proof).agrees).toBe(true);
    expect(recompute({ ...proof, outcome: 'failed' }).differences).toEqual(['outcome']);
    expect(wouldChange(proof)).toEqual([]);
  });
});

describe('what would change it', () => {
  test('names the fewest votes of each kind that give another outcome', () => {
    const proof = closed(
      everybody.filter((vote) => vote.personId !== 'E2'),
      { closedBy: 'recording' },
    );
    expect(proof.tally).toMatchObject({ B: 11, for: 6, against: 2, abstain: 2, P: 10, quorum: 8 });
    expect(wouldChange(proof)).toEqual([
      { from: 'for', to: 'against', votes: 1, including: [], outcome: 'failed' },
      { from: 'for', to: 'abstain', votes: 1, including: [], outcome: 'failed' },
    ]);
  });

  test('names the votes missing for a quorum', () => {
    const proof = closed(cast('for', 'D V1 V2 B1 B2 C1'), { closedBy: 'recording' });
    expect(wouldChange(proof)).toEqual([
      { from: 'silent', to: 'for', votes: 2, including: [], outcome: 'passed' },
      { from: 'silent', to: 'against', votes: 2, including: [], outcome: 'passed' },
      { from: 'silent', to: 'abstain', votes: 2, including: [], outcome: 'passed' },
    ]);
  });

  test('takes a person who has moved from one seat to another once', () => {
    const { roll } = inherit(vacate(eleven, [], 'B1'), [], 'D', 'B1', { kind: 'list' });
    const proof = closed(cast('for', 'B1 V1 V2 B2 C1 C2', 'against', 'E1 E2'), { roll, closedBy: 'recording' });
    expect(proof).toMatchObject({ outcome: 'passed', tally: { P: 8, for: 6 } });
    expect(wouldChange(proof)[0]).toEqual({ from: 'for', to: 'against', votes: 1, including: [], outcome: 'failed' });
    const director = closed(cast('abstain', 'B1', 'for', 'B2 C1 C2', 'against', 'F1 F2 E1'), {
      rule: withRule(ratifyRule, { tieBreak: 'castingVote' }),
      roll,
      closedBy: 'recording',
    });
    expect(wouldChange(director)).toContainEqual({
      from: 'abstain',
      to: 'for',
      votes: 1,
      including: ['D'],
      outcome: 'passed',
    });
  });

  test('names the presiding seat where it takes that one’s vote', () => {
    const members = closed(cast('for', 'B1 B2 C1 C2 F1 F2'), { rule: ratifyRule, closedBy: 'recording' });
    expect(wouldChange(members)).toContainEqual({
      from: 'silent',
      to: 'abstain',
      votes: 1,
      including: ['D'],
      outcome: 'passed',
    });
  });
});
