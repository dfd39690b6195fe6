import {
  dueAfter,
  dueAt,
  dueAtCalendarDays,
  endOfDay,
  type HolidayCalendar,
  halfTime,
  localDay,
  oneDayBefore,
} from '../domain/calendar.ts';
import type { TaskRow } from './records.ts';
import type { Timing } from './transaction.ts';

/**
 * A task's clock: due after whole business days (or calendar days, for a draft left idle), with reminders at half-time and one
 * day before. A reminder that would fall before the opening is left out.
 */
export function timing(calendar: HolidayCalendar, openedAt: Date, days: number, calendarDays = false): Timing {
  const opened = openedAt.getTime();
  const due = calendarDays
    ? { dueMs: dueAtCalendarDays(opened, days), provisional: false, calendarVersion: calendar.version }
    : dueAt(calendar, opened, days);
  return { dueDays: days, calendarDays, ...clock(calendar, opened, due) };
}

/** The clock of a task that is due at the end of a day somebody named; of a day that has passed, at once. */
export function timingUntil(calendar: HolidayCalendar, openedAt: Date, day: string): Timing {
  const due = { dueMs: endOfDay(day), provisional: false, calendarVersion: calendar.version };
  return { dueDays: null, calendarDays: true, ...clock(calendar, openedAt.getTime(), due) };
}

/** The first of some reminders, given in calendar days before the due time, that is still to come; null where none is. */
export function firstReminder(days: readonly number[], dueAt: Date, now: Date): Date | null {
  const instants = days.map((before) => dueAt.getTime() - before * 86_400_000).filter((at) => at > now.getTime());
  return instants.length > 0 ? new Date(Math.min(...instants)) : null;
}

/** The clock of a period that follows on a deadline: an extension, or the next level's time. */
export function timingAfter(calendar: HolidayCalendar, due: Date, days: number): Timing {
  return {
    dueDays: days,
    calendarDays: false,
    // A deadline is 24:00 of its day, which already is the next one: what follows on it is counted from the day that ends.
    ...clock(calendar, due.getTime() - 1, dueAfter(calendar, due.getTime(), days)),
  };
}

/**
 * Where a period begins that follows on a deadline: at the deadline, though it is noticed a moment later; at `now` where the
 * deadline has not come, or was noticed a day or more late and nobody could have used the time since.
 */
export function followingOn(deadline: Date, now: Date): Date {
  const noticed = deadline <= now && localDay(deadline.getTime()) === localDay(now.getTime());
  return noticed ? deadline : now;
}

function clock(
  calendar: HolidayCalendar,
  opened: number,
  due: { dueMs: number; provisional: boolean; calendarVersion: string },
) {
  const later = (ms: number, than: number) => (ms > than ? new Date(ms) : null);
  const half = halfTime(calendar, opened, due.dueMs);
  return {
    dueAt: new Date(due.dueMs),
    calendarVersion: due.calendarVersion,
    provisional: due.provisional,
    remindHalfAt: later(half, opened),
    remindDayAt: later(oneDayBefore(calendar, due.dueMs), Math.max(opened, half)),
  };
}

/**
 * The deadline by the calendar of today, if that is later than the one stored: a holiday was published since. Never an earlier
 * one: nobody loses time he was promised.
 */
export function laterDue(
  calendar: HolidayCalendar,
  task: Pick<TaskRow, 'periodAt' | 'dueDays' | 'calendarDays' | 'dueAt' | 'extended' | 'level'>,
): Timing | null {
  if (task.dueAt === null || task.dueDays === null || task.calendarDays) return null;
  const fresh =
    task.level > 0 ? timingAfter(calendar, task.periodAt, task.dueDays) : timing(calendar, task.periodAt, task.dueDays);
  return fresh.dueAt && fresh.dueAt > task.dueAt ? { ...fresh, remindHalfAt: null } : null;
}
