/** 考核年度 and its campaign (Article 10.3; all days are 系统默认). */
import { addDays, businessDaysBetween, endOfDay, type HolidayCalendar, localDay } from './calendar.ts';

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

/** Calendar days the managers have at least, where a campaign is opened, or a review begun, late. */
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

/** The day by whose end the manager of one account reports: the campaign's, or later where its review is begun late. */
export function reportDueOn(campaignDueOn: string, begunOn: string): string {
  const least = addDays(begunOn, LEAST_DAYS);
  return least > campaignDueOn ? least : campaignDueOn;
}

/** 暂停: from a day until before another one, `workDays` business days; `at` is the instant of the act. */
export type Pause = {
  readonly at: Date;
  readonly fromOn: string;
  readonly untilOn: string;
  readonly workDays: number;
};

/** The business days a pause takes: the day it begins counts, the day it lasts until does not. */
export const pausedWorkDays = (calendar: HolidayCalendar, fromOn: string, untilOn: string): number =>
  businessDaysBetween(calendar, endOfDay(addDays(fromOn, -1)) - 1, endOfDay(addDays(untilOn, -1)));

/** A day that had not passed when the pause began, moved on by its calendar days. */
export function dayPastPause(day: string, { fromOn, untilOn }: Pick<Pause, 'fromOn' | 'untilOn'>): string {
  if (day < fromOn) return day;
  const days = (endOfDay(untilOn) - endOfDay(fromOn)) / 86_400_000;
  return addDays(day, days);
}

/** How far an account is in a campaign, in the order in which it goes on. */
export const stages = ['waiting', 'reporting', 'overdue', 'reported', 'evaluated', 'decided', 'excluded'] as const;
export type Stage = (typeof stages)[number];
