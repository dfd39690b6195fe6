import { inherit, type Seat, vacate } from '../domain/ballot.ts';
import { validToday } from './actor.ts';
import { namesPerson } from './guard.ts';
import type { BallotRow, TaskRow } from './records.ts';
import type { CaseTransaction, Timing } from './transaction.ts';
import { directorLast, openVote, sealedVotesOf } from './voting.ts';

/** The seats of the committee that are filled today, and by whom. */
export async function filledSeats(tx: CaseTransaction): Promise<Seat[]> {
  const rows = await tx.sql(
    `SELECT s.id AS "seatId", s.kind, s.ord AS "order", s.unit_id AS "unitId", t.person_id AS "personId"
     FROM seats s JOIN seat_terms t ON t.seat_id = s.id AND ${validToday('t')}
     JOIN persons p ON p.id = t.person_id AND p.active ORDER BY s.ord`,
  );
  return rows as unknown as Seat[];
}

/**
 * Brings the roll of an open ballot up to who holds the seats now: a successor inherits a seat that has not voted, unless he votes
 * already; a seat nobody fills stays in the count, silent. Seats that substitutes took, and recusals, stay as they are. Asked again
 * it changes nothing.
 */
export async function refreshRoll(tx: CaseTransaction, ballot: Readonly<BallotRow>): Promise<void> {
  const holders = new Map((await filledSeats(tx)).map((seat) => [seat.seatId, seat.personId]));
  const substituted = new Set(ballot.roll.filter((entry) => entry.substitute).map((entry) => entry.seatId));
  for (const entry of ballot.roll) {
    const holder = holders.get(entry.seatId);
    const settled = entry.recusal !== null || entry.substitute || substituted.has(entry.seatId);
    if (settled || (holder === entry.personId && !entry.vacated) || (holder === undefined && entry.vacated)) continue;
    const votes = sealedVotesOf(tx, ballot);
    const { roll, reason } =
      holder === undefined || holder === entry.personId
        ? { roll: vacate(ballot.roll, votes, entry.seatId), reason: 'vacated' as const }
        : inherit(ballot.roll, votes, entry.seatId, holder, ballot.subject);
    if (JSON.stringify(roll) === JSON.stringify(ballot.roll)) continue;
    tx.ballots.change(ballot, { roll });
    tx.fact({
      kind: 'reassigned',
      ballotId: ballot.id,
      codes: { seatId: entry.seatId, personId: holder ?? null, why: reason },
    });
    // A vacated seat keeps its open vote for the successor who may come.
    if (reason !== 'vacated') handVoteOver(tx, ballot, entry.personId, reason === 'inherited' ? holder : undefined);
  }
}

/**
 * The seat's open vote goes to its successor, unless he is recused; or ends with the one who left. A seat that was vacant when the
 * ballot opened had none yet. The director who votes last gets his when it is his turn.
 */
function handVoteOver(tx: CaseTransaction, ballot: Readonly<BallotRow>, from: string, to: string | undefined): void {
  const task = tx.tasks.all.find(
    (each) => each.status === 'open' && each.kind === 'vote' && each.ballotId === ballot.id && namesPerson(each, from),
  );
  if (task) tx.closeTask(task, 'seatChanged', 'cancelled');
  const voter = ballot.roll.find((entry) => entry.personId === to && entry.recusal === null);
  const waits = voter?.personId === directorLast(ballot) && ballot.directorDueAt === null;
  if (voter && !waits) openVote(tx, ballot, voter.personId, task ? clockOf(task) : untimed(ballot));
}

const clockOf = (task: Readonly<TaskRow>): Timing => ({
  dueDays: task.dueDays,
  calendarDays: task.calendarDays,
  dueAt: task.dueAt,
  calendarVersion: task.calendarVersion,
  provisional: task.provisional,
  remindHalfAt: task.remindHalfAt,
  remindDayAt: task.remindDayAt,
});

/** The clock of a vote that is due with its ballot, without reminders of its own. */
const untimed = (ballot: Readonly<BallotRow>): Timing => ({
  dueDays: null,
  calendarDays: false,
  dueAt: ballot.directorDueAt ?? ballot.dueAt,
  calendarVersion: null,
  provisional: false,
  remindHalfAt: null,
  remindDayAt: null,
});
