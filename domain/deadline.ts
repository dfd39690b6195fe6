import { addDays, localDay } from './calendar.ts';

/** Red when overdue, amber when one business day or less is left, else green. Assumption 系统默认. */
export type DeadlineLevel = 'red' | 'amber' | 'green';

/** How a deadline stands at an instant. `days` are those it is over or, in business days, those left; `day` and `time` are local, 24:00 of the day itself. */
export type Deadline = {
  readonly level: DeadlineLevel;
  readonly code: 'overDays' | 'overToday' | 'today' | 'tomorrow' | 'left' | 'soon' | 'by';
  readonly days: number;
  readonly day: string;
  readonly time: string;
};

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

/**
 * How a deadline is told: by how many days it is over, that it is today or tomorrow, or how many business days are left (`left`, after today), where
 * that is known; else `soon` says whether little is left, and without either a day of the clock does.
 */
export function deadline(
  dueMs: number,
  nowMs: number,
  { soon, left }: { readonly soon?: boolean | undefined; readonly left?: number | null | undefined } = {},
): Deadline {
  const today = localDay(nowMs);
  const day = localDay(dueMs - 1);
  const isMidnight = (dueMs + OFFSET_MS) % DAY_MS === 0;
  const time = isMidnight ? '24:00' : new Date(dueMs + OFFSET_MS).toISOString().slice(11, 16);
  if (dueMs <= nowMs) {
    const days = Math.round((Date.parse(today) - Date.parse(day)) / DAY_MS);
    return { level: 'red', code: days > 0 ? 'overDays' : 'overToday', days, day, time };
  }
  const days = left ?? 0;
  const little = typeof left === 'number' ? left <= 1 : (soon ?? dueMs - nowMs < DAY_MS);
  const level = little || day === today ? 'amber' : 'green';
  if (day === today) return { level, code: 'today', days, day, time };
  if (day === addDays(today, 1)) return { level, code: 'tomorrow', days, day, time };
  if (typeof left === 'number') return { level, code: 'left', days, day, time };
  return { level, code: level === 'amber' ? 'soon' : 'by', days, day, time };
}
