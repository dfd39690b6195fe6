import type { PoolClient } from 'pg';
import { addDays, endOfDay, type HolidayCalendar, localDay } from '../domain/calendar.ts';
import { dayPastPause, type Pause } from '../domain/campaign.ts';
import { currentCalendar } from './calendars.ts';
import { reasonOf } from './campaignRecord.ts';
import type { CaseDeps } from './deps.ts';
import type { TaskRow } from './records.ts';
import { timingAfter, timingUntil } from './timing.ts';
import { type CaseTransaction, inCase, type Timing } from './transaction.ts';

/** SQL: the number of the last pause of a campaign, 0 where there was none; `year` is SQL too. */
export const lastPause = (year: string): string =>
  `coalesce((SELECT max(number) FROM campaign_acts WHERE year = ${year} AND act = 'paused'), 0)`;

/** The open reviews whose deadlines a pause has not moved yet. */
export async function notMoved(client: Pick<PoolClient, 'query'>, year: number, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT case_id AS id FROM reviews WHERE year = $1 AND state = 'open' AND moved_by < ${lastPause('$1')} ORDER BY account_id LIMIT $2`,
    [year, limit],
  );
  return rows.map(({ id }) => id);
}

type PauseAct = Pause & {
  readonly id: string;
  readonly year: number;
  readonly number: number;
  readonly byId: string;
  readonly secret: Buffer;
};

/**
 * The deadlines of a review that had not passed when its campaign was paused move on by the days of the pause: a fact in the case, and once
 * for each pause, whoever asks and however often.
 */
export async function movePastPauses(
  deps: CaseDeps,
  { caseId, now }: { readonly caseId: string; readonly now: number },
): Promise<void> {
  await inCase(deps, { caseId, now }, async (tx) => {
    await heedPauses(tx);
  });
}

/**
 * The same in a transaction of the case, before anything is opened or found overdue in it. The pauses and the campaign's state are read at
 * one moment: a pause that comes after it is the next one's to heed, for what is opened now too.
 * @returns the day until which the campaign is paused, null where it runs or the review is settled
 */
export async function heedPauses(tx: CaseTransaction): Promise<string | null> {
  const [row] = await tx.sql(
    `SELECT CASE WHEN c.state = 'paused' THEN c.paused_until::text END AS "pausedUntil",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'number', a.number) ORDER BY a.number), '[]') FROM campaign_acts a
         WHERE a.year = r.year AND a.act = 'paused' AND a.number > r.moved_by) AS pauses
     FROM reviews r JOIN campaigns c ON c.year = r.year WHERE r.case_id = $1 AND r.state = 'open'`,
    [tx.case.id],
  );
  if (!row) return null;
  const ids = (row.pauses as { id: string }[]).map(({ id }) => id);
  if (ids.length > 0) await movePast(tx, ids);
  return row.pausedUntil as string | null;
}

async function movePast(tx: CaseTransaction, ids: readonly string[]): Promise<void> {
  const pauses = (await tx.sql(
    `SELECT id, year, number, at, by_id AS "byId", from_on::text AS "fromOn", until_on::text AS "untilOn", work_days AS "workDays", secret
     FROM campaign_acts WHERE id = ANY ($1) ORDER BY number`,
    [ids],
  )) as unknown as PauseAct[];
  const calendar = await currentCalendar(tx.client);
  for (const pause of pauses) {
    if (tx.case.ending === null && movesDeadlines(tx, calendar, pause)) {
      const codes = { days: pause.workDays, until: pause.untilOn };
      tx.fact({ kind: 'extended', actorId: pause.byId, codes, secret: { reason: await reasonOf(tx.deps, pause) } });
      tx.ring();
    }
    await movesReportDay(tx, pause);
  }
}

async function movesReportDay(tx: CaseTransaction, pause: PauseAct): Promise<void> {
  const [row] = await tx.sql('SELECT due_on::text AS "dueOn" FROM reviews WHERE case_id = $1', [tx.case.id]);
  const dueOn = row?.dueOn ? dayPastPause(String(row.dueOn), pause) : null;
  await tx.sql('UPDATE reviews SET moved_by = $2, due_on = $3 WHERE case_id = $1', [tx.case.id, pause.number, dueOn]);
}

/** @returns whether there was any to be moved */
function movesDeadlines(tx: CaseTransaction, calendar: HolidayCalendar, pause: Pause): boolean {
  const tasks = tx.tasks.all.filter(({ status, dueAt }) => status === 'open' && dueAt !== null && dueAt > pause.at);
  for (const task of tasks) tx.tasks.change(task, taskPastPause(calendar, task, pause));
  const past = (due: Date): Date => timingAfter(calendar, due, pause.workDays).dueAt as Date;
  const ballots = tx.ballots.all.filter(
    ({ status, dueAt, directorDueAt }) => status === 'open' && (directorDueAt ?? dueAt) > pause.at,
  );
  for (const ballot of ballots) {
    const { dueAt, directorDueAt } = ballot;
    tx.ballots.change(ballot, directorDueAt ? { directorDueAt: past(directorDueAt) } : { dueAt: past(dueAt) });
  }
  return tasks.length + ballots.length > 0;
}

/** A named day moves on by calendar days, a period of business days by as many of them; reminders that are still to come go along. */
function taskPastPause(calendar: HolidayCalendar, task: Readonly<TaskRow>, pause: Pause): Timing {
  const due = task.dueAt as Date;
  const clock = task.calendarDays
    ? timingUntil(calendar, pause.at, dayPastPause(localDay(due.getTime() - 1), pause))
    : timingAfter(calendar, due, pause.workDays);
  const later = (clock.dueAt as Date).getTime() - due.getTime();
  const half = task.remindHalfAt;
  return {
    ...clock,
    dueDays: task.dueDays === null ? null : task.dueDays + pause.workDays,
    calendarDays: task.calendarDays,
    remindHalfAt: half === null ? null : new Date(half.getTime() + later),
    remindDayAt: task.remindDayAt === null ? null : clock.remindDayAt,
  };
}

/** When a campaign that is paused until a day goes on, in milliseconds since 1970 UTC. */
export const goesOnAt = (untilOn: string): number => endOfDay(addDays(untilOn, -1));
