import { describe, expect, test } from 'vitest';
import { approveRule, atOpening, ratifyRule, slate, tally, type Vote } from '../../domain/ballot.ts';
import {
  choiceProofOf,
  closingOfChoice,
  concludeChoice,
  type Question,
  recomputeChoice,
  standingOptions,
  tallyChoice,
} from '../../domain/choice.ts';
import { cast, clientOf, eleven, recused, thirteen } from './ballotFixtures.ts';

const review: Question = { order: ['maintain', 'intensify', 'terminate'], finalists: null };
const second = (finalists: readonly [string, string]): Question => ({ ...review, finalists });
const choose = (...groups: string[]): Vote<string>[] => cast(...groups);
const conclude = (...groups: string[]) => concludeChoice(ratifyRule, review, eleven, choose(...groups));

describe('a choice among options', () => {
  test('is decided by a quorum and one option above half of those present', () => {
    expect(conclude('terminate', 'D V1 B1 B2', 'maintain', 'C1 C2', 'abstain', 'F1')).toMatchObject({
      outcome: 'decided',
      option: 'terminate',
      tally: { P: 7, quorum: 6, abstain: 1, counts: { maintain: 2, intensify: 0, terminate: 4 } },
    });
  });

  test('exactly half of those present is not enough', () => {
    expect(conclude('terminate', 'D V1 B1', 'maintain', 'B2 C1', 'abstain', 'C2').outcome).toBe('secondBallot');
  });

  test('counts N, R, B, P and the quorum as any ballot does', () => {
    const { counts: _, ...seen } = tallyChoice(
      approveRule,
      review,
      eleven,
      choose('maintain', 'D B1', 'abstain', 'B2'),
    );
    expect(tally(approveRule, eleven, cast('for', 'D B1', 'abstain', 'B2'))).toMatchObject(seen);
  });

  test('else goes to a second ballot between the two leading', () => {
    expect(conclude('terminate', 'D V1 B1', 'intensify', 'B2 C1', 'maintain', 'C2')).toMatchObject({
      outcome: 'secondBallot',
      option: null,
      finalists: ['intensify', 'terminate'],
    });
  });

  test('gives a tied place to the milder', () => {
    expect(conclude('terminate', 'D V1', 'intensify', 'B2 C1', 'maintain', 'C2 F1').finalists).toEqual([
      'maintain',
      'intensify',
    ]);
    expect(conclude('terminate', 'D V1 B1', 'intensify', 'B2', 'maintain', 'C2', 'abstain', 'F1').finalists).toEqual([
      'maintain',
      'terminate',
    ]);
  });

  test('without a quorum goes to the second ballot too', () => {
    expect(conclude('terminate', 'D V1')).toMatchObject({
      outcome: 'secondBallot',
      quorate: false,
      finalists: ['maintain', 'terminate'],
    });
  });

  test('without the director or a vice director is no quorum where the rule ratifies', () => {
    expect(conclude('terminate', 'B1 B2 C1 C2 F1 F2')).toMatchObject({ outcome: 'secondBallot', quorate: false });
  });

  test('may not have a vote for what does not stand', () => {
    const question = second(['maintain', 'terminate']);
    expect(standingOptions(question)).toEqual(['maintain', 'terminate']);
    expect(tallyChoice(ratifyRule, question, eleven, choose('intensify', 'D', 'maintain', 'V1')).P).toBe(1);
  });
});

describe('the second ballot', () => {
  const question = second(['intensify', 'terminate']);
  const concludeSecond = (...groups: string[]) => concludeChoice(ratifyRule, question, eleven, choose(...groups));

  test('is decided like the first', () => {
    expect(concludeSecond('terminate', 'D V1 B1 B2', 'intensify', 'C1 C2')).toMatchObject({
      outcome: 'decided',
      option: 'terminate',
    });
  });

  test('has no tie-break: the mildest of all holds, marked not decided', () => {
    const rule = { ...ratifyRule, tieBreak: 'castingVote' as const };
    const tie = choose('terminate', 'D V1 B1', 'intensify', 'B2 C1 C2');
    expect(concludeChoice(rule, question, eleven, tie)).toMatchObject({
      outcome: 'notDecided',
      option: 'maintain',
      finalists: null,
    });
  });

  test('when inquorate leaves the mildest too', () => {
    expect(concludeSecond('terminate', 'D')).toMatchObject({
      outcome: 'notDecided',
      option: 'maintain',
      quorate: false,
    });
  });

  test('keeps the recusals of the first and takes new votes', () => {
    const { roll } = slate(thirteen, clientOf(['unitA']), recused(eleven, 'B1'));
    expect(tallyChoice(ratifyRule, question, roll, [])).toMatchObject({ R: 3, P: 0 });
  });
});

describe('closing a choice', () => {
  const ballot = (votes: readonly Vote<string>[], rule = ratifyRule) => closingOfChoice(rule, review, eleven, votes);

  test('follows the same rule: complete, deadline, extension, director last', () => {
    const others = 'V1 V2 B1 B2 C1 C2 F1 F2 E1 E2';
    expect(ballot(choose('abstain', `D ${others}`)).reason).toBe('complete');
    expect(ballot(choose('maintain', others), approveRule)).toMatchObject({ close: false, directorsTurn: true });
    const due = { ...atOpening, deadlinePassed: true };
    expect(closingOfChoice(ratifyRule, review, eleven, choose('maintain', 'D'), due).extend).toBe(true);
  });

  test('happens early only when an option cannot lose its majority', () => {
    expect(ballot(choose('maintain', 'D V1 V2 B1 B2')).close).toBe(false);
    expect(ballot(choose('maintain', 'D V1 V2 B1 B2 C1')).reason).toBe('early');
    expect(ballot(choose('maintain', 'D V1 V2 B1 B2', 'terminate', 'C1')).close).toBe(false);
    expect(ballot(choose('maintain', 'B1 B2 C1 C2 F1 F2 E1')).close).toBe(false);
  });
});

describe('the proof of a choice', () => {
  const proof = choiceProofOf({
    ruleVersion: 1,
    rule: ratifyRule,
    question: review,
    roll: eleven,
    votes: choose('maintain', 'D V1 V2 B1 B2 C1'),
    standing: atOpening,
    closedBy: 'early',
    closedAt: '2026-03-02T09:30:00+08:00',
  });

  test('recomputes to the same, and betrays a change', () => {
    expect(recomputeChoice(JSON.parse(JSON.stringify(proof)))).toEqual({ agrees: true, differences: [] });
    expect(recomputeChoice({ ...proof, option: 'terminate' }).differences).toEqual(['proof.option']);
    expect(recomputeChoice({ ...proof, closedBy: 'deadline' }).differences).toEqual(['closedBy']);
    expect(recomputeChoice({ ...proof, votes: proof.votes.slice(1) }).agrees).toBe(false);
  });
});
