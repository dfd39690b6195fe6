import type { Pool, PoolClient } from 'pg';
import type { HolidayCalendar } from '../domain/calendar.ts';

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
