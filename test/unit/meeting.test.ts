import { describe, expect, test } from 'vitest';
import type { Choice } from '../../domain/ballot.ts';
import { approveRule, conclude, substitute, vacate } from '../../domain/ballot.ts';
import { type Absence, type Recording, recordedVotes, recordingProblems } from '../../domain/meeting.ts';
import { cast, clientOf, eleven, firstBallot } from './ballotFixtures.ts';

/** Everybody for, the recommending unit recused, save the marks given. */
function minutes(marks: Readonly<Record<string, Choice | Absence>> = {}, roll = eleven): Recording<Choice> {
  return {
    recordedBy: 'clerk1',
    checkedBy: 'clerk2',
    evidenceId: 'minutes',
    seats: roll.map(({ seatId, recusal }) => ({ seatId, mark: marks[seatId] ?? (recusal ? 'recused' : 'for') })),
  };
}

describe('a recording of a held meeting', () => {
  test('adds the votes of all present and decides the ballot', () => {
    const recording = minutes({ E1: 'absent', C1: 'against', C2: 'abstain' });
    expect(recordingProblems(eleven, [], recording)).toEqual([]);
    const votes = recordedVotes(eleven, [], recording, 5);
    expect(votes.map((vote) => vote.seq)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(conclude(approveRule, eleven, votes, firstBallot)).toMatchObject({
      outcome: 'passed',
      tally: { P: 10, for: 8, against: 1, abstain: 1 },
    });
  });

  test('lists every seat, the absent too, once, and no other', () => {
    const recording = minutes();
    expect(recordingProblems(eleven, [], { ...recording, seats: recording.seats.slice(1) })).toEqual([
      { code: 'seatMissing', seatId: 'D' },
    ]);
    const twice = [...recording.seats, { seatId: 'D', mark: 'for' as const }, { seatId: 'Z9', mark: 'for' as const }];
    expect(recordingProblems(eleven, [], { ...recording, seats: twice })).toEqual([
      { code: 'seatUnknown', seatId: 'Z9' },
      { code: 'seatTwice', seatId: 'D' },
    ]);
  });

  test('is checked by a second person', () => {
    expect(recordingProblems(eleven, [], { ...minutes(), checkedBy: 'clerk1' })).toEqual([
      { code: 'checkedByRecorder', seatId: null },
    ]);
  });

  test.each<[Choice | Absence]>([['for'], ['against'], ['abstain'], ['absent'], ['writtenOpinion']])(
    'never overwrites nor tries a member’s own vote: %s is refused, whatever he chose',
    (mark) => {
      for (const own of ['for', 'against', 'abstain'] as const) {
        expect(recordingProblems(eleven, cast(own, 'B1'), minutes({ B1: mark }))).toEqual([
          { code: 'votedHimself', seatId: 'B1' },
        ]);
      }
    },
  );

  test('leaves the own vote of a member who is marked so as it is', () => {
    const own = cast('for', 'B1');
    const recording = minutes({ B1: 'ownVote' });
    expect(recordingProblems(eleven, own, recording)).toEqual([]);
    expect(recordedVotes(eleven, own, recording, 2).some((vote) => vote.personId === 'B1')).toBe(false);
  });

  test('marks nobody so who has not voted himself', () => {
    expect(recordingProblems(eleven, [], minutes({ B1: 'ownVote' }))).toEqual([{ code: 'noOwnVote', seatId: 'B1' }]);
  });

  test('does not count a written opinion of an absent member', () => {
    const recording = minutes({ B1: 'writtenOpinion' });
    expect(recordingProblems(eleven, [], recording)).toEqual([]);
    expect(recordedVotes(eleven, [], recording, 1).map((vote) => vote.personId)).not.toContain('B1');
  });

  test('neither makes nor unmakes a recusal', () => {
    expect(recordingProblems(eleven, [], minutes({ A1: 'for', B1: 'recused' }))).toEqual([
      { code: 'recusalDiffers', seatId: 'A1' },
      { code: 'recusalDiffers', seatId: 'B1' },
    ]);
  });

  test('has nobody voting for a vacated seat', () => {
    const roll = vacate(eleven, [], 'B1');
    expect(recordingProblems(roll, [], minutes({ B1: 'for' }, roll))).toEqual([{ code: 'seatVacant', seatId: 'B1' }]);
    expect(recordingProblems(roll, [], minutes({ B1: 'absent' }, roll))).toEqual([]);
  });

  test('lists a substitute in place of the one whose seat he takes', () => {
    const result = substitute(eleven, [], [{ seatId: 'A1', personId: 's1', unitId: null }], clientOf(['unitA']));
    if (!result.ok) throw new Error(result.reason);
    const recording = minutes({ A1: 'against' });
    expect(recordingProblems(result.roll, [], recording)).toEqual([]);
    expect(recordedVotes(result.roll, [], recording, 1)).toContainEqual({ seq: 12, personId: 's1', choice: 'against' });
  });

  test('records a choice among options in the same way', () => {
    const roll = eleven.slice(0, 3);
    const recording: Recording<string> = {
      recordedBy: 'clerk1',
      checkedBy: 'clerk2',
      evidenceId: 'minutes',
      seats: [
        { seatId: 'D', mark: 'maintain' },
        { seatId: 'V1', mark: 'abstain' },
        { seatId: 'V2', mark: 'absent' },
      ],
    };
    expect(recordingProblems<string>(roll, [], recording)).toEqual([]);
    expect(recordedVotes<string>(roll, [], recording, 1)).toEqual([
      { seq: 1, personId: 'D', choice: 'maintain' },
      { seq: 2, personId: 'V1', choice: 'abstain' },
    ]);
  });
});
