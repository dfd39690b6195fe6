import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import source from 'chinese-days/package.json' with { type: 'json' };
import type { HolidayCalendar } from '../domain/calendar.ts';

/** The holidays of the State Council's notices, as the package chinese-days knows them; newer years are imported. */
export function defaultCalendar(): HolidayCalendar {
  return {
    version: `chinese-days@${source.version}`,
    years: publishedYears(Object.keys(published.holidays), Object.keys(published.workdays)),
  };
}

/**
 * The years that a list of holidays and one of weekend days worked in exchange (`YYYY-MM-DD`) really have: those with
 * both New Year and National Day. A New Year's holiday may begin in December of a year otherwise unknown, and an unknown
 * year must not pass for one without holidays, as it does in the package itself.
 */
export function publishedYears(holidays: readonly string[], workdays: readonly string[]): HolidayCalendar['years'] {
  const years = [...new Set(holidays.map((day) => day.slice(0, 4)))]
    .filter((year) => holidays.includes(`${year}-01-01`) && holidays.includes(`${year}-10-01`))
    .sort();
  const ofYear = (days: readonly string[], year: string) => days.filter((day) => day.startsWith(year)).sort();
  return Object.fromEntries(years.map((year) => [year, { off: ofYear(holidays, year), work: ofYear(workdays, year) }]));
}
