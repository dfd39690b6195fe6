/**
 * What falls due for a key account by the calendar, and who is told of it when (Article 6.1 定期回访, 6.2 定时上报, Article 8). All durations
 * are calendar days. That it is told, to whom and when is an assumption 系统默认; that permissions and escalation follow who manages the
 * account is Article 8.
 */
import { addDays, endOfDay, localDay } from './calendar.ts';
import type { PolicyValues } from './policy.ts';

/** What somebody owes an account: a visit, a report, or, where nobody manages it, a manager. */
export const duties = ['visit', 'report', 'vacancy'] as const;
export type Duty = (typeof duties)[number];
/** What its clock tells of: what is owed, and the marketing tasks that were set. */
export type Told = Duty | 'marketingTask';

/** Who is told, one after the other: its manager twice before it is due; then, overdue, those above him. */
export const levels = ['half', 'dayBefore', 'head', 'office', 'viceDirector'] as const;
export type Level = (typeof levels)[number];

export type Clock<Of extends Told = Told> = {
  readonly duty: Of;
  /** Which of several: the id of a marketing task; empty where there is but one. */
  readonly subject: string;
  /** The last day on which it is in time. */
  readonly dueOn: string;
  /** When each level is told, in milliseconds since 1970, in order. */
  readonly steps: readonly { readonly level: Level; readonly at: number }[];
};
export type DutyClock = Clock<Duty>;

export type AccountTimes = {
  readonly managedBy: 'company' | 'branch';
  readonly establishedOn: string;
  /** The day of the last visit that was done, and the last day that is reported; null where there is none. */
  readonly visitedOn: string | null;
  readonly reportedTo: string | null;
  /** Since when nobody manages it; null where somebody does. */
  readonly vacantSince: Date | null;
};

export type ClockPolicy = Pick<
  PolicyValues,
  'visitCompanyDays' | 'visitBranchDays' | 'accountReportDays' | 'vacancyDays'
>;

/** The days from one return visit to the next (Article 6.1), by who manages the account (Article 8). */
export const visitInterval = (
  managedBy: AccountTimes['managedBy'],
  { visitCompanyDays, visitBranchDays }: Pick<ClockPolicy, 'visitCompanyDays' | 'visitBranchDays'>,
): number => (managedBy === 'company' ? visitCompanyDays : visitBranchDays);

/** The clocks of an account that is not terminated. */
export function accountClocks(account: AccountTimes, policy: ClockPolicy): DutyClock[] {
  const { managedBy, establishedOn, visitedOn, reportedTo, vacantSince } = account;
  return [
    periodic('visit', visitedOn ?? establishedOn, visitInterval(managedBy, policy), managedBy),
    periodic('report', reportedTo ?? establishedOn, policy.accountReportDays, managedBy),
    ...(vacantSince === null ? [] : [vacancy(vacantSince, policy.vacancyDays, managedBy)]),
  ];
}

/** Told at half of its time and a day before; overdue, a level up each further half, as any deciding task goes. */
function periodic(duty: Duty, fromDay: string, days: number, managedBy: AccountTimes['managedBy']): DutyClock {
  const half = Math.max(1, Math.ceil(days / 2));
  const dueOn = addDays(fromDay, days);
  const after = (count: number): number => endOfDay(addDays(fromDay, count));
  const before = [
    { level: 'half' as const, at: after(half) },
    { level: 'dayBefore' as const, at: after(days - 1) },
  ];
  return {
    duty,
    subject: '',
    dueOn,
    steps: [
      // Of a period too short for two reminders there is one.
      ...(half < days - 1 ? before : before.slice(1)),
      { level: 'head', at: endOfDay(dueOn) },
      ...above(managedBy, [after(days + half), after(days + 2 * half)]),
    ],
  };
}

/** The head of its unit is told at once, and nominates; the others each further period. */
function vacancy(since: Date, days: number, managedBy: AccountTimes['managedBy']): DutyClock {
  const fromDay = localDay(since.getTime());
  const after = (count: number): number => endOfDay(addDays(fromDay, count));
  return {
    duty: 'vacancy',
    subject: '',
    dueOn: addDays(fromDay, days),
    steps: [{ level: 'head', at: since.getTime() }, ...above(managedBy, [after(days), after(2 * days)])],
  };
}

/** An open marketing task of an account (Article 6.1). */
export type TaskTime = { readonly id: string; readonly dueOn: string; readonly setAt: Date };

/** Whoever is to do it is told a day before it is due, unless it was set later than that; overdue, the head of the unit (系统默认). */
export function taskClock({ id, dueOn, setAt }: TaskTime): Clock<'marketingTask'> {
  const dayBefore = endOfDay(addDays(dueOn, -1));
  return {
    duty: 'marketingTask',
    subject: id,
    dueOn,
    steps: [
      ...(setAt.getTime() < dayBefore ? [{ level: 'dayBefore' as const, at: dayBefore }] : []),
      { level: 'head', at: endOfDay(dueOn) },
    ],
  };
}

/** The office; and for what the company itself manages a vice director (Article 8). */
function above(managedBy: AccountTimes['managedBy'], [office = 0, viceDirector = 0]: readonly number[]) {
  return [
    { level: 'office' as const, at: office },
    ...(managedBy === 'company' ? [{ level: 'viceDirector' as const, at: viceDirector }] : []),
  ];
}

/**
 * What is to be told now that was not told yet, the latest level alone: nobody is told three things at once after a long silence.
 * And when to look again; null where nothing more is to come.
 */
export function clockAt(
  clock: Clock,
  told: readonly Level[],
  now: number,
): { readonly tell: Level | null; readonly nextAt: number | null } {
  const done = clock.steps.findLastIndex(({ level }) => told.includes(level));
  const after = clock.steps.slice(done + 1);
  return {
    tell: after.findLast(({ at }) => at <= now)?.level ?? null,
    nextAt: after.find(({ at }) => at > now)?.at ?? null,
  };
}
