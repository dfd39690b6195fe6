import { describe, expect, test } from 'vitest';
import {
  approveRule,
  atOpening,
  closing,
  conclude,
  ratifyRule,
  type Standing,
  settledOutcome,
  substitute,
  vacate,
  visibleVotes,
  votingRefusal,
} from '../../domain/ballot.ts';
import { cast, clientOf, eleven, firstBallot, recused, rollOf, withRule } from './ballotFixtures.ts';

const at = (changes: Partial<Standing>): Standing => ({ ...atOpening, ...changes });
const others = 'V1 V2 B1 B2 C1 C2 F1 F2 E1 E2';
const approveTogether = withRule(approveRule, { directorLast: false });

describe('closing', () => {
  test('happens when every person has voted or is recused, and not one vote before', () => {
    const all = cast('for', `${others} D`);
    expect(closing(approveTogether, eleven, all)).toMatchObject({ close: true, reason: 'complete' });
    expect(closing(approveTogether, eleven, all.slice(1))).toMatchObject({ close: false, reason: 'waiting' });
  });

  test('does not wait for a seat nobody holds any more', () => {
    const votes = cast('for', others);
    expect(closing(approveTogether, vacate(eleven, votes, 'D'), votes).reason).toBe('complete');
  });

  test('waits for the deadline when all have acted without a quorum, since a vacated seat may yet be filled', () => {
    const votes = cast('for', 'V1 V2 B1 B2 C1 C2 D');
    const roll = ['F1', 'F2', 'E1', 'E2'].reduce((now, seatId) => vacate(now, votes, seatId), eleven);
    expect(closing(approveRule, roll, votes)).toMatchObject({ close: false, extend: false });
    expect(closing(approveRule, roll, votes, at({ deadlinePassed: true }))).toMatchObject({
      close: false,
      extend: true,
    });
  });

  test('happens at the deadline with whoever has voted', () => {
    const votes = cast('for', 'D V1 V2 B1 B2 C1', 'against', 'C2 E1');
    expect(closing(approveTogether, eleven, votes, at({ deadlinePassed: true }))).toMatchObject({
      close: true,
      reason: 'deadline',
    });
  });

  test('at the deadline is called that, also where the rule closes early', () => {
    const votes = cast('for', 'D V1 V2 B1', 'against', 'C2 E1');
    expect(closing(ratifyRule, eleven, votes, at({ deadlinePassed: true })).reason).toBe('deadline');
  });
});

describe('no quorum', () => {
  const few = cast('for', 'D V1');

  test('at the deadline extends the ballot once, votes kept; then it is inquorate', () => {
    const due = at({ deadlinePassed: true });
    expect(closing(ratifyRule, eleven, few, due)).toMatchObject({ close: false, extend: true, reason: 'extension' });
    expect(closing(ratifyRule, eleven, few, { ...due, extended: true })).toMatchObject({
      close: true,
      reason: 'deadline',
    });
    expect(conclude(ratifyRule, eleven, few, firstBallot)).toMatchObject({ outcome: 'inquorate' });
    const more = [...few, ...cast('for', 'x x B1 B2 C1 C2').slice(2)];
    expect(conclude(ratifyRule, eleven, more, firstBallot)).toMatchObject({ outcome: 'passed', tally: { P: 6 } });
  });

  test('without a presider at the deadline extends likewise', () => {
    const votes = cast('for', 'B1 B2 C1 C2 F1 F2');
    expect(closing(ratifyRule, eleven, votes, at({ deadlinePassed: true })).extend).toBe(true);
  });

  test('is known at once when B is below Q', () => {
    const roll = recused(eleven, 'B1', 'B2', 'C1', 'C2', 'V1');
    expect(closing(approveRule, roll, [])).toMatchObject({ close: true, extend: false, reason: 'unreachable' });
    expect(closing(approveRule, recused(eleven, 'B1', 'B2', 'C1', 'C2'), []).close).toBe(false);
  });

  test('is known at once when nobody is left to preside, for ratifying and confirming only', () => {
    const roll = recused(eleven, 'D', 'V1', 'V2');
    expect(closing(ratifyRule, roll, []).reason).toBe('unreachable');
    expect(closing(approveRule, roll, []).reason).toBe('waiting');
    expect(closing(ratifyRule, vacate(recused(eleven, 'D', 'V1'), [], 'V2'), []).reason).toBe('unreachable');
    const votes = cast('for', 'V2');
    expect(closing(ratifyRule, vacate(recused(eleven, 'D', 'V1'), votes, 'V2'), votes).reason).toBe('waiting');
  });

  test('healed by substitutes: the ballot goes on with the votes it had', () => {
    const roll = recused(eleven, 'B1', 'B2', 'C1', 'C2', 'V1');
    const votes = cast('for', 'D V2 F1 F2 E1 E2');
    const result = substitute(roll, [], [{ seatId: 'A1', personId: 's1', unitId: null }], clientOf(['unitA']));
    if (!result.ok) throw new Error(result.reason);
    const extended = at({ extended: true });
    expect(closing(approveTogether, result.roll, votes, extended).reason).toBe('waiting');
    const now = [...votes, { seq: 7, personId: 's1', choice: 'against' as const }];
    expect(closing(approveTogether, result.roll, now, extended).reason).toBe('complete');
    expect(conclude(approveTogether, result.roll, now, firstBallot)).toMatchObject({
      outcome: 'passed',
      tally: { B: 7, quorum: 7 },
    });
  });
});

describe('the director last', () => {
  const allOthers = cast('for', others);

  test('has his turn when all others have acted', () => {
    expect(closing(approveRule, eleven, allOthers.slice(1))).toMatchObject({ close: false, directorsTurn: false });
    expect(closing(approveRule, eleven, allOthers)).toMatchObject({ close: false, directorsTurn: true });
    expect(closing(approveRule, recused(eleven, 'V1'), allOthers.slice(1)).directorsTurn).toBe(true);
  });

  test('has his turn when the others’ time is up, and closes the ballot by voting', () => {
    const votes = cast('for', 'V1 V2 B1 B2 C1 C2 F1');
    const due = at({ deadlinePassed: true });
    expect(closing(approveRule, eleven, votes, due)).toMatchObject({
      close: false,
      directorsTurn: true,
      reason: 'waiting',
    });
    const all = [...votes, { seq: 8, personId: 'D', choice: 'against' as const }];
    expect(closing(approveRule, eleven, all, due)).toMatchObject({ close: true, reason: 'deadline' });
  });

  test('has time of his own; when that has passed the ballot closes without him', () => {
    const over = at({ directorsTimePassed: true });
    expect(closing(approveRule, eleven, allOthers, over)).toMatchObject({ close: true, reason: 'deadline' });
    expect(closing(approveRule, eleven, cast('for', 'V1 V2'), { ...over, deadlinePassed: true })).toMatchObject({
      extend: true,
    });
  });

  test('is skipped when recused or his seat is vacant', () => {
    const noDirector = eleven.filter((entry) => entry.kind !== 'director');
    for (const roll of [recused(eleven, 'D'), vacate(eleven, [], 'D'), noDirector]) {
      expect(closing(approveRule, roll, allOthers)).toMatchObject({
        close: true,
        directorsTurn: false,
        reason: 'complete',
      });
      expect(closing(approveRule, roll, allOthers.slice(1), at({ deadlinePassed: true }))).toMatchObject({
        close: true,
      });
    }
  });

  test('may not vote before his turn, and the others may not after their time', () => {
    const due = { deadlinePassed: true, directorsTimePassed: false };
    const before = { deadlinePassed: false, directorsTimePassed: false };
    expect(votingRefusal(approveRule, eleven, [], 'D', before)).toBe('notDirectorsTurn');
    expect(votingRefusal(approveRule, eleven, allOthers, 'D', before)).toBe(null);
    expect(votingRefusal(approveRule, eleven, [], 'D', due)).toBe(null);
    expect(votingRefusal(approveRule, eleven, [], 'D', { ...due, directorsTimePassed: true })).toBe('timeOver');
    expect(votingRefusal(approveRule, eleven, allOthers, 'B1', before)).toBe(null);
    expect(votingRefusal(approveRule, eleven, allOthers, 'B1', due)).toBe('timeOver');
    expect(votingRefusal(ratifyRule, eleven, [], 'D', before)).toBe(null);
    expect(votingRefusal(ratifyRule, eleven, [], 'D', due)).toBe('timeOver');
  });

  test('and nobody recused, gone or unknown may vote at all', () => {
    expect(votingRefusal(ratifyRule, eleven, [], 'A1', atOpening)).toBe('recused');
    expect(votingRefusal(ratifyRule, vacate(eleven, [], 'B1'), [], 'B1', atOpening)).toBe('notOnRoll');
    expect(votingRefusal(ratifyRule, eleven, [], 'stranger', atOpening)).toBe('notOnRoll');
  });
});

describe('closing early', () => {
  const six = rollOf(6);

  test('happens for ratifying as soon as the missing can no longer matter', () => {
    expect(closing(ratifyRule, six, cast('for', 'D V1 A1')).close).toBe(false);
    expect(closing(ratifyRule, six, cast('for', 'D V1 A1 A2'))).toMatchObject({ close: true, reason: 'early' });
    expect(closing(ratifyRule, six, cast('against', 'D V1 A1 A2'))).toMatchObject({ close: true, reason: 'early' });
  });

  test('does not happen for approving unless the policy says so', () => {
    const roll = recused(six, 'D');
    const votes = cast('for', 'V1 V2 A1 A2');
    expect(closing(approveRule, roll, votes).close).toBe(false);
    expect(closing(withRule(approveRule, { early: true }), roll, votes).reason).toBe('early');
  });

  test('waits for the vice director whose vote would cast a tie, and not for one whose would not', () => {
    const rule = withRule(ratifyRule, { tieBreak: 'castingVote' });
    const castByDirector = cast('for', 'D V1 A1', 'against', 'V2 A2');
    expect(settledOutcome(rule, six, castByDirector, atOpening)).toBe('passed');
    const byVice = cast('abstain', 'D', 'for', 'V1 A1', 'against', 'A2');
    expect(settledOutcome(rule, rollOf(5), byVice, atOpening)).toBe(null);
    expect(settledOutcome(ratifyRule, six, castByDirector, atOpening)).toBe(null);
  });

  test('waits for a presider', () => {
    expect(settledOutcome(ratifyRule, rollOf(7), cast('for', 'A1 A2 B1 B2'), atOpening)).toBe(null);
    expect(settledOutcome(ratifyRule, recused(rollOf(7), 'V1', 'V2'), cast('for', 'D A1 A2 B1'), atOpening)).toBe(
      'passed',
    );
  });

  test('never happens as no quorum: that is known at the deadline only', () => {
    const roll = ['A1', 'A2', 'B1'].reduce((now, seatId) => vacate(now, [], seatId), rollOf(6));
    const early = withRule(approveTogether, { early: true });
    expect(settledOutcome(early, roll, cast('for', 'D V1'), atOpening)).toBe(null);
    expect(closing(early, roll, cast('for', 'D V1')).close).toBe(false);
  });

  test('once the others’ time is over, looks only at the director and at recusals', () => {
    const rule = withRule(approveRule, { early: true });
    const votes = cast('for', 'V1 V2 A1', 'against', 'A2');
    const seven = rollOf(6);
    expect(settledOutcome(rule, seven, votes, atOpening)).toBe(null);
    expect(settledOutcome(rule, seven, cast('against', 'V1 V2 A1 A2'), at({ deadlinePassed: true }))).toBe('failed');
    expect(settledOutcome(rule, seven, votes, at({ deadlinePassed: true }))).toBe(null);
  });
});

describe('a sealed ballot', () => {
  const votes = cast('for', 'D', 'against', 'B1');

  test('shows each voter his own choice and nobody another’s until closing', () => {
    const seen = (viewer: string) =>
      visibleVotes(approveRule, votes, viewer, { closed: false }).map((vote) => vote.choice);
    expect(seen('B1')).toEqual([null, 'against']);
    expect(seen('D')).toEqual(['for', null]);
    expect(seen('auditor')).toEqual([null, null]);
  });

  test('shows all after closing, and an open one from the start', () => {
    expect(visibleVotes(approveRule, votes, 'x', { closed: true })).toEqual(
      votes.map(({ seq, personId, choice }) => ({ seq, personId, choice })),
    );
    expect(visibleVotes(withRule(approveRule, { sealed: false }), votes, 'x', { closed: false })[0]?.choice).toBe(
      'for',
    );
  });
});
