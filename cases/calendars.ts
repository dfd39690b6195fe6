import type { Pool, PoolClient } from 'pg';
import type { HolidayCalendar } from '../domain/calendar.ts';
import type { TaskRow } from './records.ts';
import { laterDue } from './timing.ts';

/**
 * The calendar in force: every imported one laid over those before it, year by year. Without any, weekends alone are days off and
 * every deadline is provisional.
 */
export async function currentCalendar(client: Pool | PoolClient): Promise<HolidayCalendar> {
  const { rows } = await client.query<HolidayCalendar>(
    'SELECT version, years FROM calendars ORDER BY imported_at, version',
  );
  const years = Object.assign({}, ...rows.map((row) => row.years)) as HolidayCalendar['years'];
  return { version: rows.at(-1)?.version ?? 'none', years };
}

type Clock = Pick<TaskRow, 'periodAt' | 'dueDays' | 'calendarDays' | 'extended' | 'level'> & { readonly dueAt: Date };

/** The open tasks whose deadline would move later if these years were laid over the calendar in force; none moves earlier. */
export async function deadlinesMoved(
  pool: Pool,
  years: HolidayCalendar['years'],
): Promise<{ caseNumber: string; kind: string; dueAt: Date; becomes: Date }[]> {
  const current = await currentCalendar(pool);
  const calendar = { version: 'preview', years: { ...current.years, ...years } };
  const { rows } = await pool.query<Clock & { caseNumber: string; kind: string }>(
    `SELECT c.number AS "caseNumber", t.kind, t.due_at AS "dueAt", t.period_at AS "periodAt", t.due_days AS "dueDays",
       t.calendar_days AS "calendarDays", t.extended, t.level FROM tasks t JOIN cases c ON c.id = t.case_id
     WHERE t.status = 'open' AND t.due_at > now() AND t.due_days IS NOT NULL ORDER BY t.due_at, t.id`,
  );
  return rows.flatMap(({ caseNumber, kind, ...clock }) => {
    const becomes = laterDue(calendar, clock)?.dueAt;
    return becomes ? [{ caseNumber, kind, dueAt: clock.dueAt, becomes }] : [];
  });
}
