import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import source from 'chinese-days/package.json' with { type: 'json' };
import type { HolidayCalendar } from '../domain/calendar.ts';

/**
 * The holidays of the State Council's notices, as the package chinese-days knows them; newer years are imported. The
 * package calls every weekday of a year it does not know a working day, so only the years it really has are taken:
 * those with both New Year and National Day, because a New Year's holiday may begin in December of the year before.
 */
export function defaultCalendar(): HolidayCalendar {
  const holidays = Object.keys(published.holidays).sort();
  const workdays = Object.keys(published.workdays).sort();
  const years = [...new Set(holidays.map((day) => day.slice(0, 4)))].filter(
    (year) => holidays.includes(`${year}-01-01`) && holidays.includes(`${year}-10-01`),
  );
  return {
    version: `chinese-days@${source.version}`,
    years: Object.fromEntries(
      years.map((year) => [
        year,
        { off: holidays.filter((day) => day.startsWith(year)), work: workdays.filter((day) => day.startsWith(year)) },
      ]),
    ),
  };
}
