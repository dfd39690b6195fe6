import { proofOf, type RollEntry, type Seat, substitute } from '../domain/ballot.ts';
import { addDays, dueAfter, endOfDay, localDay } from '../domain/calendar.ts';
import { isChoice } from '../domain/choice.ts';
import { DomainError } from '../domain/errors.ts';
import { type Answer, recordDecision, settle } from './answer.ts';
import { attachedTo } from './attachments.ts';
import { currentCalendar } from './calendars.ts';
import type { BallotRow, FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/** The ballot a side step (`approving.inquorate`, `approving.runoff`) deals with: the last of its step. */
function lastBallot(tx: CaseTransaction, answer: Answer): Readonly<BallotRow> {
  const step = answer.task.step.replace(/\.\w+$/, '');
  const ballot = tx.ballots.all.filter((each) => each.step === step).at(-1);
  if (!ballot) throw new DomainError('notFound');
  return ballot;
}

/** The office dates the new ballot after a tie, within its time; until then it may date it again. It opens on the morning of that day. */
export async function scheduleRunoff(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const on = String(answer.body.on);
  const opensAt = new Date(endOfDay(addDays(on, -1)));
  const calendar = await currentCalendar(tx.client);
  const latest = new Date(dueAfter(calendar, answer.task.openedAt.getTime(), tx.policy.values.runoffWithinDays).dueMs);
  if (on < localDay(tx.now.getTime()) || opensAt >= latest) {
    throw new DomainError(
      'invalid',
      { field: 'on', reason: `${localDay(tx.now.getTime())} – ${localDay(latest.getTime() - 1)}` },
      'on',
    );
  }
  const fact = recordDecision(tx, answer, { kind: 'decided' });
  // Silence at this instant is what opens the ballot, dated or not.
  tx.tasks.change(answer.task, {
    dueAt: opensAt > tx.now ? opensAt : tx.now,
    dueDays: null,
    remindHalfAt: null,
    remindDayAt: null,
  });
  tx.ring();
  return fact;
}

/** Substitutes are named once; they take recused or vacant seats, count in the body, and never preside (系统默认). */
export async function substituteSeats(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const ballot = lastBallot(tx, answer);
  const named = answer.body.substitutes as readonly { seatId: string; personId: string }[];
  const persons = await tx.sql('SELECT id, unit_id FROM persons WHERE active AND id = ANY ($1)', [
    named.map((each) => each.personId),
  ]);
  const units = new Map(persons.map((row) => [String(row.id), String(row.unit_id)]));
  for (const { personId } of named) {
    if (!units.has(personId))
      throw new DomainError('unfitPerson', { field: 'substitutes', why: 'inactive' }, 'substitutes');
  }
  const rows = await tx.sql(`SELECT id AS "seatId", kind, ord AS "order", unit_id AS "unitId" FROM seats`);
  const vacant = (rows as unknown as Omit<Seat, 'personId'>[]).filter(
    (seat) => !ballot.roll.some((entry) => entry.seatId === seat.seatId),
  );
  const result = substitute(
    ballot.roll,
    vacant,
    named.map((each) => ({ ...each, unitId: units.get(each.personId) ?? null })),
    ballot.subject,
  );
  if (!result.ok)
    throw new DomainError(
      'unfitPerson',
      { field: 'substitutes', why: `${result.reason} ${result.seatId ?? ''}` },
      'substitutes',
    );
  return settle(tx, answer, { ...answer.codes, roll: result.roll as readonly RollEntry[] });
}

/** A higher body decided in the committee's place; its minutes are the evidence. */
export async function takeHigherDecision(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const ballot = lastBallot(tx, answer);
  const { decision, minutesAttachmentId } = answer.body as {
    decision: 'passed' | 'failed';
    minutesAttachmentId: string;
  };
  await attachedTo(tx, minutesAttachmentId, 'minutesAttachmentId');
  if (!ballot.proof || isChoice(ballot.proof)) throw new DomainError('notFound');
  const proof = proofOf({
    ...ballot.proof,
    closedBy: 'higherBody',
    closedAt: tx.now.toISOString(),
    higherBody: { outcome: decision, evidenceId: minutesAttachmentId },
  });
  tx.ballots.change(ballot, { outcome: decision, proof });
  return settle(tx, answer);
}
