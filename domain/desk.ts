/**
 * 工作台: what is to be done over many accounts, the most urgent first, and how each account stands (Articles 5, 6, 8). What counts as
 * urgent is 系统默认.
 */
import { addDays } from './calendar.ts';

/** How many days a desk looks ahead: today and the six after it. */
export const DAYS_AHEAD = 7;

/** How something that is due stands on a day. `soon`: within the days the desk looks ahead. */
export type Standing = 'overdue' | 'today' | 'soon' | 'later';

/** How what is due on its last day `dueOn` stands `today`. Days are `YYYY-MM-DD`. */
export function standingOf(dueOn: string, today: string): Standing {
  if (dueOn < today) return 'overdue';
  if (dueOn === today) return 'today';
  return dueOn < addDays(today, DAYS_AHEAD) ? 'soon' : 'later';
}

/** The days a desk shows, today first. */
export const daysAhead = (today: string): string[] =>
  Array.from({ length: DAYS_AHEAD }, (_, count) => addDays(today, count));

/** What is known of an account that says how it stands. */
export type AccountSigns = {
  readonly vacant: boolean;
  /** The last days on which the next visit and the next report are in time. */
  readonly visitDueOn: string;
  readonly reportDueOn: string;
  /** Open risk warnings 风险预警, and those of them that are severe. */
  readonly warnings: number;
  readonly severeWarnings: number;
  /** Marketing tasks, measures of plans and the like that are past their day. */
  readonly overdueWork: number;
};

/** `trouble`: somebody must act, and is late or there is nobody. `attention`: somebody must act this week. */
export type Health = 'good' | 'attention' | 'trouble';
export const healths: readonly Health[] = ['trouble', 'attention', 'good'];

export type Sign =
  | 'vacant'
  | 'visitOverdue'
  | 'visitSoon'
  | 'reportOverdue'
  | 'reportSoon'
  | 'severeWarning'
  | 'warning'
  | 'workOverdue';

const TROUBLE: readonly Sign[] = ['vacant', 'visitOverdue', 'severeWarning'];

/** Everything that is to be seen to about an account, the gravest first, and how it stands by that. */
export function healthOf(
  account: AccountSigns,
  today: string,
): { readonly health: Health; readonly signs: readonly Sign[] } {
  const visit = standingOf(account.visitDueOn, today);
  const report = standingOf(account.reportDueOn, today);
  const all: readonly (readonly [Sign, boolean])[] = [
    ['vacant', account.vacant],
    ['visitOverdue', visit === 'overdue'],
    ['severeWarning', account.severeWarnings > 0],
    ['reportOverdue', report === 'overdue'],
    ['workOverdue', account.overdueWork > 0],
    ['warning', account.warnings > account.severeWarnings],
    ['visitSoon', visit === 'today' || visit === 'soon'],
    ['reportSoon', report === 'today' || report === 'soon'],
  ];
  const signs = all.flatMap(([sign, holds]) => (holds ? [sign] : []));
  if (signs.some((sign) => TROUBLE.includes(sign))) return { health: 'trouble', signs };
  return { health: signs.length > 0 ? 'attention' : 'good', signs };
}

/** What is due, in the order in which it is to be done: by its last day, what has none at the end. */
export const byDay = (a: { readonly dueOn: string | null }, b: { readonly dueOn: string | null }): number =>
  a.dueOn === b.dueOn ? 0 : a.dueOn === null ? 1 : b.dueOn === null ? -1 : a.dueOn < b.dueOn ? -1 : 1;

const DAY_MS = 86_400_000;

/** How many days `to` comes after `from`; negative where it comes before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
