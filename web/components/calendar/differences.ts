import { addDays, type HolidayCalendar, isBusinessDay } from '../../../domain/calendar.ts';

export type YearDifference = {
  readonly year: string;
  /** Nothing was known of it. */
  readonly added: boolean;
  /** Worked so far, and off by the new calendar. */
  readonly becomeOff: readonly string[];
  /** Off so far, and worked by the new calendar. */
  readonly becomeWorked: readonly string[];
  /** Provisional before and after. */
  readonly provisional: readonly [boolean, boolean];
};

/** What a calendar would change of the one in force, year by year, day by day. */
export function differences(current: HolidayCalendar, next: HolidayCalendar): YearDifference[] {
  return Object.keys(next.years)
    .sort()
    .map((year) => {
      const days = daysOf(year);
      const worked = (calendar: HolidayCalendar) => (day: string) => isBusinessDay(calendar, day);
      return {
        year,
        added: current.years[year] === undefined,
        becomeOff: days.filter((day) => worked(current)(day) && !worked(next)(day)),
        becomeWorked: days.filter((day) => !worked(current)(day) && worked(next)(day)),
        provisional: [
          current.years[year]?.provisional ?? current.years[year] === undefined,
          next.years[year]?.provisional ?? false,
        ],
      };
    });
}

function daysOf(year: string): string[] {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) days.push(day);
  return days;
}
