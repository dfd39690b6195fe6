import { describe, expect, test } from 'vitest';
import {
  approveRule,
  closing,
  conclude,
  inherit,
  markVotes,
  ratifyRule,
  recusalDecider,
  recuse,
  slate,
  substitute,
  tally,
  vacate,
} from '../../domain/ballot.ts';
import { cast, clientOf, eleven, firstBallot, full, list, recused, rollOf, seat, thirteen } from './ballotFixtures.ts';

const recusedOn = (roll: typeof full) => roll.filter((entry) => entry.recusal).map((entry) => entry.personId);
const open = { closed: false };

describe('the slate', () => {
  test('one person has one vote: of several seats the highest counts and the lower ones are not in N', () => {
    const seats = [...thirteen.slice(1), { ...seat('D', 'director', 1), personId: 'V1' }];
    const { roll, dropped } = slate([...seats, { ...seat('X', 'member', 99, 'unitB'), personId: 'B1' }], list);
    expect(roll.map((entry) => entry.seatId)).toEqual(['D', 'V2', ...thirteen.slice(3).map((filled) => filled.seatId)]);
    expect(dropped.map((filled) => filled.seatId)).toEqual(['V1', 'X']);
    expect(tally(approveRule, roll, []).N).toBe(12);
  });

  test('does not depend on the order in which the seats are read', () => {
    expect(slate(thirteen.toReversed(), list)).toEqual(slate(thirteen, list));
  });

  test('strikes the recommending unit’s seats and no others', () => {
    expect(recusedOn(eleven)).toEqual(['A1', 'A2']);
    expect(eleven[3]).toMatchObject({ seatId: 'A1', recusal: 'rule' });
    expect(recusedOn(slate(thirteen, clientOf(['unitA', 'unitC'])).roll)).toEqual(['A1', 'A2', 'C1', 'C2']);
  });

  test('takes the director and the vice directors for no unit’s seats', () => {
    const chairs = [seat('D', 'director', 1, 'unitA'), seat('V1', 'viceDirector', 1, 'unitA')];
    expect(recusedOn(slate(chairs, clientOf(['unitA'])).roll)).toEqual([]);
  });

  test('strikes the person: a vice director who also sits for the recommending unit is recused in his higher seat', () => {
    const seats = thirteen.map((filled) => (filled.seatId === 'A1' ? { ...filled, personId: 'V1' } : filled));
    const { roll, dropped } = slate(seats, clientOf(['unitA']));
    expect(recusedOn(roll)).toEqual(['V1', 'A2']);
    expect(dropped.map((filled) => filled.seatId)).toEqual(['A1']);
  });

  test('strikes the manager concerned and whoever nominated himself', () => {
    expect(recusedOn(slate(thirteen, clientOf([], ['B2', 'D'])).roll)).toEqual(['D', 'B2']);
  });

  test('strikes item by item on a bulk agenda, and nobody on the list as a whole', () => {
    const items = [clientOf(['unitA']), clientOf(['unitB'])].map((subject) => recusedOn(slate(thirteen, subject).roll));
    expect(items).toEqual([
      ['A1', 'A2'],
      ['B1', 'B2'],
    ]);
    expect(recusedOn(slate(thirteen, list).roll)).toEqual([]);
  });

  test('of the new ballot after a tie is a new snapshot that keeps the recusals', () => {
    const before = recused(eleven, 'B1', 'C1');
    const now = thirteen.filter((filled) => filled.seatId !== 'B1');
    const { roll } = slate([...now, seat('G1', 'member', 20, 'unitG')], clientOf(['unitA']), before);
    expect(roll).toHaveLength(13);
    expect(recusedOn(roll)).toEqual(['A1', 'A2', 'C1']);
    expect(roll.find((entry) => entry.personId === 'C1')?.recusal).toBe('declared');
    expect(tally(ratifyRule, roll, []).P).toBe(0);
  });

  test('of the new ballot keeps the recusal of a person who had left another seat in the first', () => {
    const { roll } = inherit(vacate(full, [], 'B1'), [], 'D', 'B1', list);
    const moved = thirteen
      .filter((filled) => filled.seatId !== 'B1')
      .map((filled) => (filled.seatId === 'D' ? { ...filled, personId: 'B1' } : filled));
    expect(recusedOn(slate(moved, list, recuse(roll, 'B1', open).roll).roll)).toEqual(['B1']);
  });
});

describe('recusal', () => {
  test('of others is decided by the director also while his own is undecided', () => {
    expect(recusalDecider(full, 'B1', ['B1', 'D'])).toBe('D');
  });

  test('is decided by the director', () => {
    expect(recusalDecider(full, 'B1')).toBe('D');
    expect(recusalDecider(full, 'V1')).toBe('D');
  });

  test('of the director is decided by the first vice director not concerned', () => {
    expect(recusalDecider(full, 'D')).toBe('V1');
    expect(recusalDecider(recused(full, 'V1'), 'D')).toBe('V2');
    expect(recusalDecider(full, 'D', ['D', 'V1'])).toBe('V2');
    expect(recusalDecider(recused(full, 'V1', 'V2'), 'D')).toBe(null);
  });

  test('passes to the vice directors where the director is recused or his seat vacated', () => {
    expect(recusalDecider(recused(full, 'D'), 'B1')).toBe('V1');
    expect(recusalDecider(vacate(full, [], 'D'), 'B1')).toBe('V1');
    expect(recusalDecider(recused(full, 'D'), 'V1')).toBe('V2');
  });

  test('voids the vote, which stays on record, and changes B and Q', () => {
    const votes = cast('for', 'B1 C1');
    const before = tally(approveRule, full, votes);
    const { roll, effect } = recuse(full, 'B1', open);
    const after = tally(approveRule, roll, votes);
    expect(effect).toBe('recused');
    expect([before.B, before.quorum, before.P]).toEqual([13, 9, 2]);
    expect([after.B, after.quorum, after.P]).toEqual([12, 8, 1]);
    expect(markVotes(roll, votes)).toEqual([
      { seq: 1, personId: 'B1', choice: 'for', seatId: 'B1', counted: false, void: 'recused' },
      { seq: 2, personId: 'C1', choice: 'for', seatId: 'C1', counted: true, void: null },
    ]);
  });

  test('evaluates closing: the last one missing being recused completes the ballot', () => {
    const votes = cast('for', 'V1 V2 B1 B2 C1 C2 F1 F2 E1 D');
    expect(closing(approveRule, eleven, votes).close).toBe(false);
    expect(closing(approveRule, recuse(eleven, 'E2', open).roll, votes)).toMatchObject({
      close: true,
      reason: 'complete',
    });
  });

  test('is final while the ballot is open', () => {
    const { roll } = recuse(full, 'B1', open);
    expect(recuse(roll, 'B1', open)).toEqual({ roll, effect: 'none' });
    expect(inherit(roll, [], 'B1', 'new', list)).toEqual({ roll, inherited: false, reason: 'recused' });
  });

  test('after closing changes nothing and opens a review', () => {
    expect(recuse(full, 'B1', { closed: true })).toEqual({ roll: full, effect: 'review' });
  });

  test('undecided at closing means not recused', () => {
    const votes = cast('for', 'D V1 V2 B1 B2 C1', 'against', 'C2 E1');
    expect(conclude(approveRule, eleven, votes, firstBallot).tally).toMatchObject({ R: 2, P: 8 });
  });
});

describe('a successor', () => {
  test('inherits a seat that has not voted', () => {
    const { roll, inherited } = inherit(full, cast('for', 'C1'), 'B1', 'new', list);
    expect(inherited).toBe(true);
    expect(roll.find((entry) => entry.seatId === 'B1')).toEqual({
      ...seat('B1', 'member', 3, 'unitB'),
      personId: 'new',
      recusal: null,
    });
    expect(tally(ratifyRule, roll, cast('for', 'new')).P).toBe(1);
  });

  test('does not inherit a seat that has voted: the vote stands', () => {
    const votes = cast('for', 'B1');
    expect(inherit(full, votes, 'B1', 'new', list)).toEqual({ roll: full, inherited: false, reason: 'voted' });
    expect(tally(ratifyRule, vacate(full, votes, 'B1'), votes).P).toBe(1);
  });

  test('who votes already does not vote twice: the seat stays in N and B, and nobody votes for it', () => {
    const { roll, inherited, reason } = inherit(full, [], 'D', 'V1', list);
    expect([inherited, reason]).toEqual([false, 'votesAlready']);
    expect(roll.find((entry) => entry.seatId === 'D')).toMatchObject({ personId: 'D', vacated: true });
    expect(tally(approveRule, roll, cast('for', 'V1 D'))).toMatchObject({ N: 13, B: 13, P: 1 });
  });

  test('inherits a vacated seat, and may himself have left another', () => {
    const left = vacate(vacate(full, [], 'D'), [], 'B1');
    const { roll, inherited } = inherit(left, [], 'D', 'B1', list);
    expect(inherited).toBe(true);
    expect(roll[0]).toMatchObject({ seatId: 'D', personId: 'B1' });
    expect(roll[0]).not.toHaveProperty('vacated');
    expect(markVotes(roll, cast('for', 'B1'))[0]).toMatchObject({ seatId: 'D', counted: true });
  });

  test('is recused where the rule strikes him', () => {
    const { roll } = inherit(full, [], 'B1', 'manager', clientOf(['unitA'], ['manager']));
    expect(roll.find((entry) => entry.seatId === 'B1')).toMatchObject({ personId: 'manager', recusal: 'rule' });
  });

  test('has nothing to inherit where there is no such seat', () => {
    expect(inherit(full, [], 'Z9', 'new', list).reason).toBe('noSuchSeat');
  });
});

describe('nothing shrinks the quorum silently', () => {
  test('neither a vacated seat, nor an inherited one, nor silence changes N, B or Q', () => {
    const before = tally(approveRule, eleven, []);
    for (const roll of [vacate(eleven, [], 'B1'), inherit(eleven, [], 'B1', 'new', list).roll]) {
      const { N, B, quorum } = tally(approveRule, roll, []);
      expect({ N, B, quorum }).toEqual({ N: before.N, B: before.B, quorum: before.quorum });
    }
  });

  test('recusals never lower it below half (approving) or a third (ratifying) of the seats', () => {
    const roll = recused(full, ...thirteen.slice(1).map((filled) => filled.personId));
    expect(tally(approveRule, roll, []).quorum).toBe(7);
    expect(tally(ratifyRule, roll, []).quorum).toBe(5);
  });
});

describe('substitutes', () => {
  const named = [
    { seatId: 'A1', personId: 's1', unitId: null },
    { seatId: 'A2', personId: 's2', unitId: 'unitB' },
  ];
  const clientA = clientOf(['unitA']);
  const accepted = (...given: Parameters<typeof substitute>) => {
    const result = substitute(...given);
    if (!result.ok) throw new Error(result.reason);
    return result.roll;
  };

  test('take recused seats, count in B and not in N, and the votes given are kept', () => {
    const votes = cast('for', 'D V1 s1');
    const roll = accepted(eleven, [], named, clientA);
    expect(tally(approveRule, eleven, votes)).toMatchObject({ N: 13, R: 2, B: 11, P: 2, quorum: 8 });
    expect(tally(approveRule, roll, votes)).toMatchObject({ N: 13, R: 2, B: 13, P: 3, quorum: 9, substitutes: 2 });
  });

  test('take seats vacant at opening', () => {
    const vacant = [{ seatId: 'G1', kind: 'member' as const, order: 20, unitId: 'unitG' }];
    const roll = accepted(eleven, vacant, [{ seatId: 'G1', personId: 's1', unitId: null }], clientA);
    expect(tally(approveRule, roll, [])).toMatchObject({ N: 13, B: 12 });
  });

  test('take seats vacated since, which count once', () => {
    const roll = accepted(vacate(eleven, [], 'B1'), [], [{ seatId: 'B1', personId: 's1', unitId: null }], clientA);
    expect(tally(approveRule, roll, cast('for', 's1'))).toMatchObject({ N: 13, B: 11, P: 1 });
  });

  test('are named once', () => {
    const roll = accepted(eleven, [], named.slice(0, 1), clientA);
    expect(substitute(roll, [], named.slice(1), clientA)).toEqual({ ok: false, reason: 'namedBefore', seatId: null });
    expect(substitute(eleven, [], [], clientA)).toEqual({ ok: false, reason: 'nobodyNamed', seatId: null });
  });

  test('never preside nor cast, not even in the director’s seat', () => {
    const roll = accepted(recused(full, 'D', 'V1', 'V2'), [], [{ seatId: 'D', personId: 's1', unitId: null }], clientA);
    const votes = cast('for', 's1 A1 A2 B1', 'against', 'B2 C1 C2 F1');
    expect(conclude(ratifyRule, roll, votes, firstBallot)).toMatchObject({
      outcome: 'inquorate',
      reasonCode: 'nobodyToPreside',
    });
    expect(tally(ratifyRule, roll, votes).casting).toBe(null);
    expect(closing(ratifyRule, roll, votes).reason).toBe('unreachable');
  });

  test.each([
    ['a seat whose holder may vote', 'B1', 's1', null, 'seatNotFree'],
    ['a seat that does not exist', 'Z9', 's1', null, 'seatNotFree'],
    ['someone on the roll', 'A1', 'B1', null, 'onRoll'],
    ['someone recused', 'A1', 'A2', null, 'onRoll'],
    ['someone of the recommending unit', 'A1', 's1', 'unitA', 'concerned'],
    ['the manager concerned', 'A1', 'manager', null, 'concerned'],
  ])('refused: %s', (_, seatId, personId, unitId, reason) => {
    const subject = clientOf(['unitA'], ['manager']);
    expect(substitute(eleven, [], [{ seatId, personId, unitId }], subject)).toEqual({ ok: false, reason, seatId });
  });

  test('refused: two for one seat', () => {
    const both = named.map((one) => ({ ...one, seatId: 'A1' }));
    expect(substitute(eleven, [], both, clientA)).toMatchObject({ ok: false, reason: 'seatNotFree' });
  });

  test('may be recused like anyone: the seat leaves B again', () => {
    const roll = accepted(eleven, [], named, clientA);
    expect(tally(approveRule, recuse(roll, 's1', open).roll, [])).toMatchObject({ N: 13, B: 12 });
  });
});

test('a roll of one is never a quorum', () => {
  expect(conclude(ratifyRule, rollOf(1), cast('for', 'D'), firstBallot).outcome).toBe('inquorate');
});
