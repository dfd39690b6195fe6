import { DomainError } from '../domain/errors.ts';
import { absences, type RecordedSeat, recordedVotes, recordingProblems } from '../domain/meeting.ts';
import { roleKey } from './actor.ts';
import { type Answer, recordDecision, settle } from './answer.ts';
import { attachedTo } from './attachments.ts';
import { ballotOf, guardChoice } from './guard.ts';
import type { BallotRow, FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';
import { closeBallot, standingNow, votesOf } from './voting.ts';

type Sheet = {
  readonly meetingOn: string;
  readonly minutesAttachmentId: string;
  readonly seats: readonly RecordedSeat<string>[];
};

/**
 * 代录: the office enters a held meeting seat by seat from its signed minutes. A second person of the office checks it; only then
 * does it count.
 */
export async function record(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const ballot = ballotOf(tx, answer.task);
  const sheet = answer.body as unknown as Sheet;
  await attachedTo(tx, sheet.minutesAttachmentId, 'minutesAttachmentId');
  if (
    tx.tasks.all.some((task) => task.kind === 'checkRecording' && task.status === 'open' && task.ballotId === ballot.id)
  ) {
    throw new DomainError('taskClosed', { outcome: 'record' });
  }
  for (const { mark } of sheet.seats) guardChoice(ballot, mark, absences);
  refuseProblems(tx, ballot, sheet, answer.actor.personId, '');
  const fact = recordDecision(tx, answer, { kind: 'recorded' });
  tx.openTask({
    step: ballot.step,
    round: ballot.round,
    kind: 'checkRecording',
    blocking: false,
    actions: ['confirm', 'refuse'],
    candidates: [roleKey('office')],
    ballotId: ballot.id,
    silence: 'none',
    subject: { recordedSeq: fact.seq, barredPersonId: answer.actor.personId },
  });
  return fact;
}

/** Confirmed by the second person, the recorded votes are entered for the members and the ballot closes. */
export async function checkRecording(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  if (answer.action === 'refuse') return settle(tx, answer);
  const ballot = ballotOf(tx, answer.task);
  const seq = Number(answer.task.subject.recordedSeq);
  const recordedBy = String(answer.task.subject.barredPersonId);
  const [row] = await tx.sql('SELECT seq, secret, codes FROM facts WHERE case_id = $1 AND seq = $2', [tx.case.id, seq]);
  const stored = row as unknown as Pick<FactRow, 'seq' | 'secret' | 'codes'>;
  const sheet = { ...stored.codes, ...(tx.secretOf(stored) as object) } as unknown as Sheet;
  const recording = refuseProblems(tx, ballot, sheet, recordedBy, answer.actor.personId);
  const fact = recordDecision(tx, answer, { kind: 'decided' });
  tx.closeTask(answer.task, 'confirm');
  for (const { personId, choice } of recordedVotes(ballot.roll, votesOf(tx, ballot), recording, tx.case.seq + 1)) {
    const vote = tx.fact({
      kind: 'voted',
      step: ballot.step,
      round: ballot.round,
      ballotId: ballot.id,
      action: 'vote',
      actorId: personId,
      enteredBy: recordedBy,
      codes: { recorded: true, evidenceId: recording.evidenceId },
      secret: { choice },
    });
    tx.votes.push(vote);
  }
  closeBallot(tx, ballot, votesOf(tx, ballot), standingNow(tx, ballot), 'recording');
  return fact;
}

function refuseProblems(
  tx: CaseTransaction,
  ballot: Readonly<BallotRow>,
  sheet: Sheet,
  recordedBy: string,
  checkedBy: string,
) {
  const recording = { recordedBy, checkedBy, evidenceId: sheet.minutesAttachmentId, seats: sheet.seats };
  const problems = recordingProblems(ballot.roll, votesOf(tx, ballot), recording);
  const seatsWith = (code: string) =>
    problems.filter((problem) => problem.code === code).map((problem) => problem.seatId);
  const [first] = problems;
  if (!first) return recording;
  const named = (code: string) => seatsWith(code).join(', ');
  if (first.code === 'votedHimself')
    throw new DomainError('votedThemselves', { seats: named('votedHimself') }, 'seats');
  if (first.code === 'seatMissing')
    throw new DomainError('recordingIncomplete', { seats: named('seatMissing') }, 'seats');
  if (first.code === 'checkedByRecorder') throw new DomainError('separation', { why: 'checkedByAnother' });
  throw new DomainError('invalid', { field: 'seats', reason: `${first.code} ${first.seatId ?? ''}` }, 'seats');
}
