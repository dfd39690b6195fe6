/** 考核年度 and its campaign (Article 10.3; all days are 系统默认). */
import { addDays, localDay } from './calendar.ts';

/** How many reviews are started at a time, and how long the campaign waits before the next, in milliseconds. */
export const REVIEWS_A_PAGE = 20;
export const PAGE_MS = 1_000;

/** The assessment year a day belongs to: 1 December Y to 30 November Y+1 is Y, at Asia/Shanghai. */
export function assessmentYear(at: number): number {
  const [year = 0, month = 0] = localDay(at).split('-').map(Number);
  return month === 12 ? year : year - 1;
}

/** The day whose end cuts off the data of a year. */
export const cutoffOn = (year: number): string => `${year}-12-31`;

/** Calendar days the managers have at least, where a campaign is opened late. */
const LEAST_DAYS = 30;

/** The day by whose end the managers report: 15 January, or later where the campaign was opened late. `openedOn` at Asia/Shanghai. */
export function reportsDueOn(year: number, openedOn: string): string {
  const regular = `${year + 1}-01-15`;
  const least = addDays(openedOn, LEAST_DAYS);
  return least > regular ? least : regular;
}

/** The first day and the last of an assessment year. */
export const daysOf = (year: number): { readonly from: string; readonly to: string } => ({
  from: `${year}-12-01`,
  to: `${year + 1}-11-30`,
});

/** A campaign is over when nothing is left to be started or settled. */
export const isOver = ({ remaining, waiting }: { readonly remaining: number; readonly waiting: number }): boolean =>
  remaining === 0 && waiting === 0;
