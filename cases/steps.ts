import { localDay } from '../domain/calendar.ts';
import type { TaskSpec } from '../domain/process.ts';
import type { Progress, StepPlace } from '../workflows/contracts/case.ts';
import { openBallot } from './ballotOpening.ts';
import { currentCalendar } from './calendars.ts';
import { inquorateEscalations, slatesFor } from './candidates.ts';
import { stepOf } from './contracts.ts';
import { settleDeadlines } from './deadlines.ts';
import { manned } from './manning.ts';
import { beginning } from './pauses.ts';
import { definitionOf } from './processes.ts';
import { findStep, settleStep } from './settlement.ts';
import { firstReminder, timing, timingUntil } from './timing.ts';
import type { CaseTransaction } from './transaction.ts';

/** Opens a step for the workflow: its tasks, or its ballot. One already there, open or settled, is left as it is. */
export async function openStep(tx: CaseTransaction, place: StepPlace): Promise<Progress> {
  if (!findStep(tx, place.step, place.round) && tx.case.ending === null) {
    const spec = stepOf(tx.contract, place.step);
    const opened = tx.fact({ kind: 'opened', step: place.step, round: place.round, codes: { state: spec.state } });
    tx.steps.add({
      caseId: tx.case.id,
      name: place.step,
      round: place.round,
      openedSeq: opened.seq,
      openedAt: tx.now,
      outcome: null,
      codes: {},
      closedSeq: null,
    });
    tx.setState(spec.state);
    await definitionOf(tx.case.process).entering?.[place.step]?.(tx);
    // What is stored on the way may end the case.
    if (tx.case.ending !== null) return progress(tx, place);
    if (spec.ballot) await openBallot(tx, spec.ballot, place);
    for (const task of spec.tasks ?? []) await openTasks(tx, task, place);
    if (spec.tasks) settleStep(tx, place.step, place.round);
  }
  return progress(tx, place);
}

async function openTasks(tx: CaseTransaction, spec: TaskSpec, { step, round }: StepPlace): Promise<void> {
  const calendar = await currentCalendar(tx.client);
  const calendarDays = spec.due === 'draftIdleDays';
  const from = await beginning(tx, tx.now);
  for (const slate of await slatesFor(tx, spec.candidates)) {
    const escalations = spec.kind === 'resolveInquorate' ? await inquorateEscalations(tx) : slate.escalations;
    const { moved, candidates, escalations: further } = await manned(tx, { ...slate, escalations });
    const clock =
      spec.due === 'named'
        ? timingUntil(calendar, from, dayFrom(slate.dueOn, from, tx.now))
        : timing(calendar, from, tx.policy.values[spec.due], calendarDays);
    const task = tx.openTask({
      candidates,
      escalations: further,
      ...clock,
      periodAt: from,
      ...(spec.reminders && clock.dueAt ? { remindHalfAt: firstReminder(spec.reminders, clock.dueAt, tx.now) } : {}),
      subject: slate.subject ?? {},
      step,
      round,
      kind: spec.kind,
      actions: slate.actions ?? actionsFor(tx, spec, step),
      silence: spec.silence,
    });
    if (moved) tx.fact({ kind: 'reassigned', step, round, taskId: task.id, codes: { why: moved } });
  }
}

/** The day at whose end a task is due that names one; one that passes in a pause is due as time runs again. */
function dayFrom(named: string | undefined, from: Date, now: Date): string {
  const first = localDay(from.getTime());
  return named === undefined || (from > now && named < first) ? first : named;
}

/** Substitutes are named once: after that, an inquorate ballot is decided by a higher body, or lapses (系统默认). */
function actionsFor(tx: CaseTransaction, spec: TaskSpec, step: string): readonly string[] {
  const balloted = step.replace(/\.inquorate$/, '');
  const substituted = tx.ballots.all.some((ballot) => ballot.step === balloted && ballot.continues !== null);
  return substituted ? spec.actions.filter((action) => action !== 'substitute') : spec.actions;
}

/**
 * How far the facts have come, after settling what is due. Where it waits, the workflow has seen everything up to here; of a step that is
 * done it still has the next to open, or the case to conclude, and whoever waits for the process to go on waits for that.
 */
export async function progress(tx: CaseTransaction, place: StepPlace): Promise<Progress> {
  // A doorbell left meanwhile by somebody who does not take the case's lock is not this reading's to answer.
  const [heard] = await tx.sql('SELECT max(id) AS id FROM outbox WHERE case_id = $1', [tx.case.id]);
  if (tx.case.ending === null) await settleDeadlines(tx);
  const step = findStep(tx, place.step, place.round);
  if (tx.case.ending !== null) return { is: 'ended', ending: tx.case.ending };
  if (step && step.outcome !== null) return { is: 'done', outcome: step.outcome, codes: step.codes };
  tx.settled();
  await tx.sql('DELETE FROM outbox WHERE case_id = $1 AND id <= $2 AND ends_run IS NULL', [
    tx.case.id,
    heard?.id ?? null,
  ]);
  return { is: 'waiting', nextAt: nextInstant(tx) };
}

/** The next instant at which something is due by itself. */
function nextInstant(tx: CaseTransaction): number | null {
  const tasks = tx.tasks.all.filter((task) => task.status === 'open' && task.silence !== 'none');
  const ballots = tx.ballots.all.filter((ballot) => ballot.status === 'open');
  const reminders = tx.tasks.all
    .filter((task) => task.status === 'open')
    .flatMap((task) => [task.remindHalfAt, task.remindDayAt]);
  const instants = [
    ...tasks.map((task) => task.dueAt),
    ...reminders,
    ...ballots.flatMap((ballot) => [ballot.dueAt, ballot.directorDueAt]),
  ]
    .filter((instant) => instant !== null)
    .map((instant) => instant.getTime())
    .filter((instant) => instant > tx.now.getTime());
  return instants.length > 0 ? Math.min(...instants) : null;
}
