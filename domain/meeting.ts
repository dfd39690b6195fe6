/**
 * A ballot recorded from a held meeting 代录: one recording, from the signed minutes, lists every seat and closes the
 * ballot. Assumption 系统默认 in all parts.
 */
import { missing, occupants, type RollEntry } from './roll.ts';
import { countedVotes, type Vote } from './vote.ts';

/**
 * What stands for a seat where no vote is recorded. A written opinion 书面意见 of an absent member is minuted and not counted.
 * `ownVote`: he has voted himself; the recording neither repeats nor tries his vote, which may be sealed.
 */
export const absences = ['absent', 'writtenOpinion', 'recused', 'ownVote'] as const;
export type Absence = (typeof absences)[number];

export type RecordedSeat<C extends string> = { readonly seatId: string; readonly mark: C | Absence };

export type Recording<C extends string> = {
  readonly recordedBy: string;
  readonly checkedBy: string;
  /** the signed minutes */
  readonly evidenceId: string;
  readonly seats: readonly RecordedSeat<C>[];
};

export type RecordingProblem = {
  readonly code:
    | 'checkedByRecorder'
    | 'seatUnknown'
    | 'seatTwice'
    | 'seatMissing'
    | 'recusalDiffers'
    | 'seatVacant'
    | 'votedHimself'
    | 'noOwnVote';
  readonly seatId: string | null;
};

function problemOf<C extends string>(
  seat: RollEntry,
  marks: readonly (C | Absence)[],
  own: C | undefined,
): RecordingProblem['code'] | null {
  const [mark, second] = marks;
  if (mark === undefined) return 'seatMissing';
  if (second !== undefined) return 'seatTwice';
  if ((mark === 'recused') !== (seat.recusal !== null)) return 'recusalDiffers';
  if (seat.recusal) return null;
  if (seat.vacated) return mark === 'absent' ? null : 'seatVacant';
  if ((mark === 'ownVote') !== (own !== undefined)) return own === undefined ? 'noOwnVote' : 'votedHimself';
  return null;
}

/**
 * What keeps a recording from being accepted; empty when it may close the ballot. It lists every seat of the roll, the
 * absent too; a second person has checked it; and it never overwrites a member's own vote (`votes`) or a recusal. Whoever
 * voted himself is marked so, whatever he chose: comparing would tell a sealed vote to whoever tries (系统默认).
 */
export function recordingProblems<C extends string>(
  roll: readonly RollEntry[],
  votes: readonly Vote<C>[],
  recording: Recording<C>,
): readonly RecordingProblem[] {
  const own = countedVotes(roll, votes);
  const expected = occupants(roll);
  const known = new Set(expected.map((seat) => seat.seatId));
  const problems: RecordingProblem[] = [];
  if (recording.checkedBy === recording.recordedBy) problems.push({ code: 'checkedByRecorder', seatId: null });
  for (const { seatId } of recording.seats) if (!known.has(seatId)) problems.push({ code: 'seatUnknown', seatId });
  for (const seat of expected) {
    const marks = recording.seats.filter(({ seatId }) => seatId === seat.seatId).map(({ mark }) => mark);
    const code = problemOf(seat, marks, seat.vacated ? undefined : own.get(seat.personId));
    if (code) problems.push({ code, seatId: seat.seatId });
  }
  return problems;
}

/**
 * The votes a recording without problems adds, numbered from `firstSeq` in the order of the roll: those of the present
 * who have not voted themselves.
 */
export function recordedVotes<C extends string>(
  roll: readonly RollEntry[],
  votes: readonly Vote<C>[],
  recording: Recording<C>,
  firstSeq: number,
): readonly Vote<C>[] {
  const marks = new Map(recording.seats.map(({ seatId, mark }) => [seatId, mark]));
  return missing(roll, votes)
    .flatMap(({ seatId, personId }) => {
      const mark = marks.get(seatId);
      if (mark === undefined || (absences as readonly string[]).includes(mark)) return [];
      return [{ personId, choice: mark as C }];
    })
    .map((vote, index) => ({ seq: firstSeq + index, ...vote }));
}
