import { holdersOf } from './actor.ts';
import { currentCalendar } from './calendars.ts';
import { manned } from './manning.ts';
import { heedPause } from './pauses.ts';
import { definitionOf } from './processes.ts';
import type { BallotRow, TaskRow } from './records.ts';
import { refreshRoll } from './roll.ts';
import { settleStep } from './settlement.ts';
import { followSuccessors } from './succession.ts';
import { firstReminder, laterDue, timingAfter } from './timing.ts';
import type { CaseTransaction } from './transaction.ts';
import { abandonBallot, settleBallot } from './voting.ts';

/**
 * Everything a case owes to the clock at `tx.now`: reminders, deadlines, escalations, ballots whose time is up; and tasks whose
 * last candidate has left. What is settled once is not settled again, whoever asks and however often.
 */
export async function settleDeadlines(tx: CaseTransaction): Promise<void> {
  await heedPause(tx);
  await settleHolders(tx);
  await remind(tx);
  for (const task of openTasks(tx)) await settleOverdue(tx, task);
  for (const ballot of tx.ballots.all) {
    if (ballot.status !== 'open') continue;
    if (await nomineeLeft(tx, ballot)) {
      abandonBallot(tx, ballot, 'unavailable');
      continue;
    }
    await refreshRoll(tx, ballot);
    await heedCalendar(tx, ballot);
    await settleBallot(tx, ballot);
  }
}

/** Every open task has somebody who may answer it: after a departure, a role that ended, a unit that was dissolved. */
export async function settleHolders(tx: CaseTransaction): Promise<void> {
  await followSuccessors(tx);
  await definitionOf(tx.case.process).settleHolders?.(tx);
  for (const task of openTasks(tx)) await refillSlate(tx, task);
}

/** A ballot that is due by an older calendar than today's is not due yet, where a holiday was published since. */
async function heedCalendar(tx: CaseTransaction, ballot: Readonly<BallotRow>): Promise<void> {
  const votes = openTasks(tx).filter((task) => task.ballotId === ballot.id && task.kind === 'vote');
  const sample = votes.find((task) => task.dueAt?.getTime() === ballot.dueAt.getTime());
  if (!sample || !reached(tx, ballot.dueAt)) return;
  const later = laterDue(await currentCalendar(tx.client), sample);
  if (!later?.dueAt) return;
  tx.ballots.change(ballot, { dueAt: later.dueAt });
  for (const task of votes) tx.tasks.change(task, later);
}

/** The manager a ballot would confirm has left the company or the unit: the unit nominates again (系统默认). */
async function nomineeLeft(tx: CaseTransaction, ballot: Readonly<BallotRow>): Promise<boolean> {
  if (ballot.rule.matter !== 'confirm' || ballot.subject.kind !== 'client') return false;
  const rows = await tx.sql('SELECT 1 FROM persons WHERE id = ANY ($1) AND (NOT active OR unit_id <> $2)', [
    ballot.subject.personIds,
    tx.case.unitId,
  ]);
  return rows.length > 0;
}

const openTasks = (tx: CaseTransaction): Readonly<TaskRow>[] => tx.tasks.all.filter((task) => task.status === 'open');
const reached = (tx: CaseTransaction, instant: Date | null): boolean => instant !== null && instant <= tx.now;

async function refillSlate(tx: CaseTransaction, task: Readonly<TaskRow>): Promise<void> {
  // Nobody stands in for a voter: his seat is filled by a successor, or stays silent.
  if (task.kind === 'vote' || task.silence === 'none') return;
  const place = { step: task.step, round: task.round, taskId: task.id };
  const { moved, candidates, escalations } = await manned(tx, task);
  if (moved) {
    tx.tasks.change(task, { candidates, escalations, assigneeId: null });
    tx.fact({ kind: 'reassigned', ...place, codes: { why: moved } });
    for (const person of await holdersOf(tx.client, candidates)) tx.notify(person, 'taskReassigned', task.id);
  } else if (task.assigneeId !== null && !(await holdersOf(tx.client, task.candidates)).includes(task.assigneeId)) {
    // Who claimed it is gone, or holds the role no more: it is the group's again.
    tx.tasks.change(task, { assigneeId: null });
    tx.fact({ kind: 'reassigned', ...place, codes: { why: 'holderLeft' } });
    for (const person of await holdersOf(tx.client, task.candidates)) tx.notify(person, 'taskReassigned', task.id);
  }
}

/** One fact for all reminders of an instant. A task that is claimed reminds its holder, any other all its candidates. */
async function remind(tx: CaseTransaction): Promise<void> {
  const due = openTasks(tx).filter((task) => reached(tx, task.remindHalfAt) || reached(tx, task.remindDayAt));
  for (const task of due) {
    const persons = task.assigneeId ? [task.assigneeId] : await holdersOf(tx.client, task.candidates);
    for (const person of persons) tx.notify(person, 'taskReminder', task.id);
    tx.tasks.change(task, {
      remindHalfAt: reached(tx, task.remindHalfAt) ? nextReminder(tx, task) : task.remindHalfAt,
      remindDayAt: reached(tx, task.remindDayAt) ? null : task.remindDayAt,
    });
  }
  if (due.length > 0) tx.fact({ kind: 'reminded', codes: { taskIds: due.map((task) => task.id) } });
}

async function settleOverdue(tx: CaseTransaction, task: Readonly<TaskRow>): Promise<void> {
  if (!reached(tx, task.dueAt) || task.silence === 'none' || task.status !== 'open') return;
  const calendar = await currentCalendar(tx.client);
  const later = laterDue(calendar, task);
  if (later) {
    tx.tasks.change(task, later);
    return;
  }
  const place = { step: task.step, round: task.round, taskId: task.id };
  const noLevelLeft = task.escalations.length === 0;
  const silent =
    task.silence === 'outcome' ||
    (task.silence === 'headThenOutcome' && (task.level > 0 || noLevelLeft)) ||
    (task.silence === 'levelsThenOutcome' && noLevelLeft);
  if (silent) {
    tx.fact({ kind: 'silent', ...place });
    tx.closeTask(task, 'silent');
    await definitionOf(tx.case.process).silences?.[task.kind]?.(tx, task);
    if (task.blocking) settleStep(tx, task.step, task.round, task);
    return;
  }
  const [next, ...rest] = task.escalations;
  if (!next || task.dueAt === null) return;
  tx.tasks.change(task, {
    ...timingAfter(calendar, task.dueAt, nextLevelDays(tx, task)),
    periodAt: task.dueAt,
    candidates: [...task.candidates, ...next],
    escalations: rest,
    // Overdue in one person's hands, it is everybody's again.
    assigneeId: null,
    level: task.level + 1,
  });
  tx.fact({ kind: 'escalated', ...place, codes: { level: task.level } });
  for (const person of await holdersOf(tx.client, next)) tx.notify(person, 'taskEscalated', task.id);
}

/** Escalated, a deciding task has half its time again at each level; the unit's head has the whole of a nomination's (系统默认). */
function nextLevelDays(tx: CaseTransaction, { silence, dueDays }: Readonly<TaskRow>): number {
  if (silence === 'levelsThenOutcome') return tx.policy.values.overdueDays;
  return silence === 'headThenOutcome' ? (dueDays ?? 1) : Math.ceil((dueDays ?? 1) / 2);
}

/** The next of a task's own reminders, where its contract names some. */
function nextReminder(tx: CaseTransaction, { step, kind, dueAt }: Readonly<TaskRow>): Date | null {
  const spec = tx.contract.steps[step]?.tasks?.find((task) => task.kind === kind);
  return spec?.reminders && dueAt ? firstReminder(spec.reminders, dueAt, tx.now) : null;
}
