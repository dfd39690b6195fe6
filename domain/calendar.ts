/**
 * Business days and deadlines. Local time is Asia/Shanghai, which has had the fixed offset +08:00 since 1992; days are
 * written `YYYY-MM-DD`, instants are milliseconds since 1970 UTC. All of it is an assumption 系统默认: the Measures name
 * year ends and schedules, never a way of counting.
 */

/** Published holidays: `off` are days without work, `work` the weekend days worked in exchange (调休). */
export type CalendarYear = {
  readonly off: readonly string[];
  readonly work: readonly string[];
  /** The state has not published this year yet; only what the company knows is in it. */
  readonly provisional?: boolean;
};

export type HolidayCalendar = { readonly version: string; readonly years: Readonly<Record<string, CalendarYear>> };

export type Due = {
  /** The first instant that is too late: 24:00 local time of the last day. */
  readonly dueMs: number;
  /** Some day was counted in a year whose holidays are not published: weekends only. */
  readonly provisional: boolean;
  readonly calendarVersion: string;
};

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

/** The local day an instant falls on. */
export function localDay(instantMs: number): string {
  return new Date(instantMs + OFFSET_MS).toISOString().slice(0, 10);
}

/** Whether the text is a real day of the years 1000–9999, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The day `count` calendar days after `day` (before it, when negative). */
export function addDays(day: string, count: number): string {
  return new Date(utcMidnight(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** 24:00 local time of a day, the same instant as 00:00 of the next. */
export function endOfDay(day: string): number {
  return utcMidnight(day) + DAY_MS - OFFSET_MS;
}

/** Whether people work on a day: what the calendar says of it, else Monday to Friday. */
export function isBusinessDay(calendar: HolidayCalendar, day: string): boolean {
  const year = calendar.years[day.slice(0, 4)];
  if (year?.off.includes(day)) return false;
  if (year?.work.includes(day)) return true;
  const weekday = new Date(utcMidnight(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/**
 * The deadline of a period of whole business days (0 means the end of the day of opening). The day of opening does not
 * count. Throws a RangeError when `businessDays` is negative or not whole.
 */
export function dueAt(calendar: HolidayCalendar, openedMs: number, businessDays: number): Due {
  requireWhole(businessDays);
  const opened = localDay(openedMs);
  const last = businessDayAfter(calendar, opened, businessDays);
  const first = businessDays === 0 ? opened : addDays(opened, 1);
  return {
    dueMs: endOfDay(last),
    provisional: yearsBetween(first, last).some((year) => isProvisional(calendar, year)),
    calendarVersion: calendar.version,
  };
}

/**
 * The deadline of a period that follows on another (an extension, a next holder's own time): counted from the last day
 * of the one before, whose `dueMs` already lies in the next day.
 */
export function dueAfter(calendar: HolidayCalendar, dueMs: number, businessDays: number): Due {
  return dueAt(calendar, dueMs - 1, businessDays);
}

/** The deadline of a period of calendar days, such as the return visits of Article 6.1: no calendar has a say in it. */
export function dueAtCalendarDays(openedMs: number, days: number): number {
  requireWhole(days);
  return endOfDay(addDays(localDay(openedMs), days));
}

/** The business days of a period: after the day of opening, up to and including the last day before `dueMs`. */
export function businessDaysBetween(calendar: HolidayCalendar, openedMs: number, dueMs: number): number {
  const last = localDay(dueMs - 1);
  let count = 0;
  for (let day = addDays(localDay(openedMs), 1); day <= last; day = addDays(day, 1)) {
    if (isBusinessDay(calendar, day)) count += 1;
  }
  return count;
}

/**
 * The instant at which half of a period's business days have passed: 24:00 of a business day, or its noon where the
 * number is odd. A period without a whole business day is halved by the clock.
 */
export function halfTime(calendar: HolidayCalendar, openedMs: number, dueMs: number): number {
  const days = businessDaysBetween(calendar, openedMs, dueMs);
  return days === 0 ? openedMs + Math.floor((dueMs - openedMs) / 2) : afterHalfDays(calendar, localDay(openedMs), days);
}

/**
 * When an overdue deciding task also goes to the next level: at `dueMs` for level 0, then each further half of its
 * business days. A period without a whole business day counts as one.
 */
export function escalationAt(calendar: HolidayCalendar, openedMs: number, dueMs: number, level: number): number {
  requireWhole(level);
  if (level === 0) return dueMs;
  const days = Math.max(1, businessDaysBetween(calendar, openedMs, dueMs));
  return afterHalfDays(calendar, localDay(dueMs - 1), level * days);
}

/**
 * The end of the business day that leaves one whole business day before `dueMs`. In a period of one day it is the end
 * of the day of opening or, opened on a day off, lies before it.
 */
export function oneDayBefore(calendar: HolidayCalendar, dueMs: number): number {
  const last = businessDayBefore(calendar, addDays(localDay(dueMs - 1), 1));
  return endOfDay(businessDayBefore(calendar, last));
}

/** The assessment year 考核年度 of a day (Article 10.3): 1 December Y to 30 November Y+1 is Y, assumption 系统默认. */
export function assessmentYear(day: string): number {
  const year = Number(day.slice(0, 4));
  return day.slice(5, 7) === '12' ? year : year - 1;
}

/**
 * The calendar with the company's own days off. They also hold against a weekend day worked in exchange, and a year
 * not published yet stays provisional. The version changes with the days: a deadline shows what it was counted with.
 */
export function withCompanyDaysOff(calendar: HolidayCalendar, days: readonly string[]): HolidayCalendar {
  if (days.length === 0) return calendar;
  const sorted = [...new Set(days)].sort();
  const years: Record<string, CalendarYear> = { ...calendar.years };
  for (const day of sorted) {
    const year = years[day.slice(0, 4)] ?? { off: [], work: [], provisional: true };
    years[day.slice(0, 4)] = {
      ...year,
      off: [...new Set([...year.off, day])].sort(),
      work: year.work.filter((worked) => worked !== day),
    };
  }
  return { version: `${calendar.version}+${fingerprint(sorted.join())}`, years };
}

export type CalendarProblem = {
  /** Where in the input, such as `years.2027.off[3]`; empty for the whole. */
  readonly path: string;
  readonly reason:
    | 'notAnObject'
    | 'unknownField'
    | 'notAVersion'
    | 'notAYear'
    | 'notAList'
    | 'notADay'
    | 'otherYear'
    | 'twice'
    | 'notABoolean'
    | 'noYears';
};

export type ParsedCalendar =
  | { readonly ok: true; readonly calendar: HolidayCalendar }
  | { readonly ok: false; readonly problems: readonly CalendarProblem[] };

/** Reads an imported calendar: a HolidayCalendar as JSON, each day in its own year and one list. Names all problems. */
export function parseCalendar(input: unknown): ParsedCalendar {
  const problems: CalendarProblem[] = [];
  const refuse = (path: string, reason: CalendarProblem['reason']) => problems.push({ path, reason });
  if (!isRecord(input)) return { ok: false, problems: [{ path: '', reason: 'notAnObject' }] };

  for (const field of Object.keys(input)) if (!['version', 'years'].includes(field)) refuse(field, 'unknownField');
  const version = typeof input.version === 'string' ? input.version.trim() : '';
  if (version === '' || version.length > 100) refuse('version', 'notAVersion');

  const years: Record<string, CalendarYear> = {};
  if (!isRecord(input.years)) refuse('years', 'notAnObject');
  else {
    if (Object.keys(input.years).length === 0) refuse('years', 'noYears');
    for (const [name, year] of Object.entries(input.years)) {
      const path = `years.${name}`;
      if (!/^[1-9]\d{3}$/.test(name)) refuse(path, 'notAYear');
      else if (!isRecord(year)) refuse(path, 'notAnObject');
      else years[name] = parseYear(name, year, path, refuse);
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, calendar: { version, years } };
}

function parseYear(
  name: string,
  year: Record<string, unknown>,
  path: string,
  refuse: (path: string, reason: CalendarProblem['reason']) => void,
): CalendarYear {
  for (const field of Object.keys(year)) {
    if (!['off', 'work', 'provisional'].includes(field)) refuse(`${path}.${field}`, 'unknownField');
  }
  const seen = new Set<unknown>();
  const days = (field: 'off' | 'work'): string[] => {
    const list: unknown = year[field];
    if (!Array.isArray(list)) {
      refuse(`${path}.${field}`, 'notAList');
      return [];
    }
    return list.filter((day: unknown, index): day is string => {
      const at = `${path}.${field}[${index}]`;
      if (typeof day !== 'string' || !isDay(day)) refuse(at, 'notADay');
      else if (!day.startsWith(name)) refuse(at, 'otherYear');
      else if (seen.has(day)) refuse(at, 'twice');
      seen.add(day);
      return true;
    });
  };
  const parsed = { off: days('off').sort(), work: days('work').sort() };
  if (year.provisional === undefined) return parsed;
  if (typeof year.provisional !== 'boolean') refuse(`${path}.provisional`, 'notABoolean');
  return { ...parsed, provisional: year.provisional === true };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function utcMidnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function businessDayAfter(calendar: HolidayCalendar, day: string, count: number): string {
  let found = day;
  for (let left = count; left > 0; ) {
    found = addDays(found, 1);
    if (isBusinessDay(calendar, found)) left -= 1;
  }
  return found;
}

function businessDayBefore(calendar: HolidayCalendar, day: string): string {
  let found = addDays(day, -1);
  while (!isBusinessDay(calendar, found)) found = addDays(found, -1);
  return found;
}

function afterHalfDays(calendar: HolidayCalendar, day: string, halfDays: number): number {
  const end = endOfDay(businessDayAfter(calendar, day, Math.ceil(halfDays / 2)));
  return halfDays % 2 === 0 ? end : end - DAY_MS / 2;
}

function isProvisional(calendar: HolidayCalendar, year: string): boolean {
  return calendar.years[year]?.provisional ?? calendar.years[year] === undefined;
}

function yearsBetween(first: string, last: string): string[] {
  const from = Number(first.slice(0, 4));
  const count = Number(last.slice(0, 4)) - from + 1;
  return Array.from({ length: count }, (_, index) => String(from + index));
}

function requireWhole(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a whole number of days: ${count}`);
}

/** FNV-1a, 32 bits: tells lists of days apart, and guards nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
