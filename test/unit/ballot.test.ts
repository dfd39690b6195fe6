import { describe, expect, test } from 'vitest';
import {
  approveRule,
  conclude,
  confirmRule,
  markVotes,
  matterFor,
  quorumOf,
  ratifyRule,
  tally,
} from '../../domain/ballot.ts';
import { cast, eleven, firstBallot, full, recused, rollOf, withRule } from './ballotFixtures.ts';

describe('counts', () => {
  test('B is N less the recused, P is those for, against and abstaining, and the silent are in neither vote', () => {
    const seen = tally(approveRule, eleven, cast('for', 'D V1', 'against', 'B1', 'abstain', 'B2 C1'));
    expect(seen).toMatchObject({ N: 13, R: 2, B: 11, P: 5, for: 2, against: 1, abstain: 2, substitutes: 0 });
  });

  test.each([
    [13, 13, 9],
    [13, 12, 8],
    [13, 11, 8],
    [13, 9, 7],
    [13, 7, 7],
    [13, 6, 7],
    [3, 3, 2],
    [2, 1, 2],
    [1, 1, 2],
  ])(
    'approving with N %i and B %i needs %i voters: two thirds of B, half of N, two, each rounded up',
    (N, B, quorum) => {
      expect(quorumOf(approveRule, N, B)).toBe(quorum);
    },
  );

  test.each([
    [13, 13, 7],
    [13, 11, 6],
    [13, 10, 5],
    [13, 8, 5],
    [13, 4, 5],
    [4, 3, 2],
    [3, 2, 2],
    [1, 1, 2],
  ])('ratifying with N %i and B %i needs %i voters: half of B, a third of N, two, each rounded up', (N, B, quorum) => {
    expect(quorumOf(ratifyRule, N, B)).toBe(quorum);
    expect(quorumOf(confirmRule, N, B)).toBe(quorum);
  });

  test('one voter short of the quorum is inquorate, however he votes', () => {
    const short = cast('for', 'D V1 V2 B1 B2 C1 C2');
    expect(conclude(approveRule, eleven, short, firstBallot)).toMatchObject({
      outcome: 'inquorate',
      decidedBy: 'quorum',
      reasonCode: 'quorumNotReached',
    });
    expect(
      conclude(approveRule, eleven, [...short, { seq: 8, personId: 'E1', choice: 'against' }], firstBallot),
    ).toMatchObject({
      outcome: 'passed',
    });
  });

  test('ratifying and confirming without the director or a vice director among the voters is no quorum', () => {
    const members = cast('for', 'B1 B2 C1 C2 F1 F2 E1 E2');
    for (const rule of [ratifyRule, confirmRule]) {
      expect(conclude(rule, eleven, members, firstBallot)).toMatchObject({
        outcome: 'inquorate',
        reasonCode: 'presiderAbsent',
      });
    }
    expect(conclude(approveRule, eleven, members, firstBallot).outcome).toBe('passed');
  });

  test.each(['D', 'V1', 'V2'])('%s presides by voting, even abstaining', (presider) => {
    const votes = cast('for', 'B1 B2 C1 C2 F1', 'abstain', presider);
    expect(conclude(ratifyRule, eleven, votes, firstBallot)).toMatchObject({ outcome: 'passed' });
  });

  test('a recused director does not preside', () => {
    const votes = cast('for', 'D B1 B2 C1 C2 F1 F2');
    expect(conclude(ratifyRule, recused(eleven, 'D'), votes, firstBallot).reasonCode).toBe('presiderAbsent');
  });

  test('the reasons for no quorum are told apart', () => {
    const few = recused(full, 'V1', 'V2', 'A1', 'A2', 'B1', 'B2', 'C1', 'C2');
    expect(conclude(approveRule, few, [], firstBallot).reasonCode).toBe('bodyBelowQuorum');
    expect(conclude(ratifyRule, recused(full, 'D', 'V1', 'V2'), [], firstBallot).reasonCode).toBe('nobodyToPreside');
  });
});

describe('passing', () => {
  test('approving with B 11 and Q 8: one for and seven abstaining fails', () => {
    const result = conclude(approveRule, eleven, cast('for', 'D', 'abstain', 'V1 V2 B1 B2 C1 C2 E1'), firstBallot);
    expect(result).toMatchObject({ outcome: 'failed', decidedBy: 'count', reasonCode: 'noMajority' });
    expect(result.tally).toMatchObject({ B: 11, quorum: 8, P: 8 });
  });

  test('approving with B 11 and Q 8: six for and two against passes', () => {
    const result = conclude(approveRule, eleven, cast('for', 'D V1 V2 B1 B2 C1', 'against', 'C2 E1'), firstBallot);
    expect(result).toMatchObject({ outcome: 'passed', decidedBy: 'count', reasonCode: 'majority' });
  });

  test('approving needs more than half of the body: five for and nobody against is not enough of eleven', () => {
    const votes = cast('for', 'D V1 V2 B1 B2', 'abstain', 'C1 C2 E1');
    expect(conclude(approveRule, eleven, votes, firstBallot).outcome).toBe('failed');
  });

  test('ratifying needs more than half of those present, abstentions among them', () => {
    expect(conclude(ratifyRule, eleven, cast('for', 'D V1 V2 B1', 'against', 'B2 C1'), firstBallot).outcome).toBe(
      'passed',
    );
    expect(conclude(ratifyRule, eleven, cast('for', 'D V1 V2', 'abstain', 'B1 B2 C1 C2'), firstBallot).outcome).toBe(
      'failed',
    );
  });
});

describe('exactly half', () => {
  const halfOfBody = cast('for', 'D V1 V2 B1 B2', 'against', 'C1 C2');
  const ten = recused(eleven, 'E2');
  const halfOfPresent = cast('for', 'D V1 B1', 'against', 'V2 B2', 'abstain', 'C1');

  test('of the body (approving) or of those present (ratifying) is no majority: the vote is deferred', () => {
    for (const result of [
      conclude(approveRule, ten, halfOfBody, firstBallot),
      conclude(ratifyRule, eleven, halfOfPresent, firstBallot),
    ]) {
      expect(result).toMatchObject({ outcome: 'deferred', decidedBy: 'tieBreak', reasonCode: 'exactlyHalf' });
    }
  });

  test.each(['defer', 'castingVote', 'fail'] as const)(
    'in the new ballot it fails, whatever the tie-break (%s)',
    (tieBreak) => {
      expect(conclude(withRule(ratifyRule, { tieBreak }), eleven, halfOfPresent, { runoff: true })).toMatchObject({
        outcome: 'failed',
        decidedBy: 'runoff',
      });
    },
  );

  test('under the tie-break fail it fails at once', () => {
    expect(conclude(withRule(ratifyRule, { tieBreak: 'fail' }), eleven, halfOfPresent, firstBallot)).toMatchObject({
      outcome: 'failed',
      decidedBy: 'tieBreak',
    });
  });

  describe('under the casting vote', () => {
    const rule = withRule(ratifyRule, { tieBreak: 'castingVote' });
    const outcome = (...groups: string[]) => conclude(rule, eleven, cast(...groups), firstBallot);

    test('the director’s own for or against decides', () => {
      expect(outcome('for', 'D B1 B2', 'against', 'V1 V2 C1')).toMatchObject({
        outcome: 'passed',
        decidedBy: 'castingVote',
        reasonCode: 'castingVoteFor',
      });
      expect(outcome('against', 'D B1 B2', 'for', 'V1 V2 C1')).toMatchObject({
        outcome: 'failed',
        decidedBy: 'castingVote',
        reasonCode: 'castingVoteAgainst',
      });
    });

    test('if he abstained, the vice directors decide in order of seat', () => {
      expect(outcome('abstain', 'D', 'against', 'V2 C2', 'for', 'V1 B1 B2', 'abstain', 'C1').tally.casting).toEqual({
        seatId: 'V1',
        choice: 'for',
      });
      expect(outcome('abstain', 'D V1', 'for', 'V2 B1 B2', 'against', 'C1').outcome).toBe('passed');
    });

    test('if he was silent or is recused, likewise', () => {
      expect(outcome('against', 'V1 B1 B2', 'for', 'V2 C1 C2').outcome).toBe('failed');
      const votes = cast('for', 'D', 'against', 'V1 B1 B2', 'for', 'V2 C1 C2');
      expect(conclude(rule, recused(eleven, 'D'), votes, firstBallot).outcome).toBe('failed');
    });

    test('if none of them voted for or against, the vote is deferred', () => {
      expect(outcome('abstain', 'V1', 'for', 'B1 B2 C1', 'against', 'C2 F1')).toMatchObject({
        outcome: 'deferred',
        reasonCode: 'noCastingVote',
      });
    });

    test('it decides nothing where there is a majority without it', () => {
      expect(outcome('against', 'D V1', 'for', 'V2 B1 B2 C1')).toMatchObject({ outcome: 'passed', decidedBy: 'count' });
    });
  });
});

describe('votes', () => {
  test('the last vote of a person counts, by sequence and not by the order of reading', () => {
    const votes = [
      { seq: 9, personId: 'D', choice: 'for' as const },
      { seq: 3, personId: 'D', choice: 'against' as const },
    ];
    expect(tally(ratifyRule, rollOf(3), votes)).toMatchObject({ for: 1, against: 0, P: 1 });
    expect(tally(ratifyRule, rollOf(3), votes.toReversed())).toMatchObject({ for: 1, against: 0, P: 1 });
  });

  test('are all kept, in sequence, each marked with whether it counts', () => {
    const votes = [
      ...cast('against', 'D'),
      ...cast('for', 'D V1 stranger').map((vote) => ({ ...vote, seq: vote.seq + 1 })),
    ];
    expect(markVotes(rollOf(3), votes.toReversed())).toEqual([
      { seq: 1, personId: 'D', choice: 'against', seatId: 'D', counted: false, void: 'changed' },
      { seq: 2, personId: 'D', choice: 'for', seatId: 'D', counted: true, void: null },
      { seq: 3, personId: 'V1', choice: 'for', seatId: 'V1', counted: true, void: null },
      { seq: 4, personId: 'stranger', choice: 'for', seatId: null, counted: false, void: 'notOnRoll' },
    ]);
  });

  test('a vote of nobody on the roll does not count', () => {
    expect(tally(ratifyRule, rollOf(3), cast('for', 'D stranger')).P).toBe(1);
  });
});

describe('matters', () => {
  test('the rules ship with the design’s numbers', () => {
    expect(approveRule).toMatchObject({
      matter: 'approve',
      quorumOfBody: [2, 3],
      quorumOfSeats: [1, 2],
      floor: 2,
      majorityOf: 'body',
      presiderRequired: false,
      tieBreak: 'defer',
      directorLast: true,
      sealed: true,
      early: false,
    });
    for (const rule of [ratifyRule, confirmRule]) {
      expect(rule).toMatchObject({
        quorumOfBody: [1, 2],
        quorumOfSeats: [1, 3],
        floor: 2,
        majorityOf: 'present',
        presiderRequired: true,
        tieBreak: 'defer',
        directorLast: false,
        sealed: true,
        early: true,
      });
    }
    expect([ratifyRule.matter, confirmRule.matter]).toEqual(['ratify', 'confirm']);
  });

  test('whatever else is decided is approved at company level, else ratified; with special consideration approved', () => {
    const other = { manager: false, specialConsideration: false } as const;
    expect(matterFor({ ...other, level: 'company' })).toBe('approve');
    expect(matterFor({ ...other, level: 'branch' })).toBe('ratify');
    expect(matterFor({ ...other, level: 'branch', specialConsideration: true })).toBe('approve');
    expect(matterFor({ manager: true, level: 'company', specialConsideration: true })).toBe('confirm');
  });
});
