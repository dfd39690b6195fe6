import { addDays, localDay } from '../domain/calendar.ts';
import { type DueLevel, dueLevel, dueText } from './format.ts';
import type { WordKey, WordParams } from './words.ts';

export type DueWords = { readonly level: DueLevel; readonly key: WordKey; readonly params: WordParams };

type Known = {
  /** One business day or less is left, where the API says so. */
  readonly soon?: boolean | undefined;
  /** Business days after today up to the deadline, where the API says so. */
  readonly left?: number | null | undefined;
};

/** How a deadline is told at an instant: by how many days it is over, that it is today or tomorrow, or how many business days are left. */
export function dueWords(iso: string, now: number, { soon, left }: Known = {}): DueWords {
  const end = new Date(iso).getTime();
  const today = localDay(now);
  const last = localDay(end - 1);
  if (end <= now) {
    const days = Math.round((Date.parse(today) - Date.parse(last)) / 86_400_000);
    return { level: 'red', key: days > 0 ? 'due.overDays' : 'due.overToday', params: { days } };
  }
  const due = dueText(iso);
  const level = dueLevel(iso, now, left === null || left === undefined ? soon : left <= 1);
  if (last === today) return { level: 'amber', key: 'due.today', params: { time: due.slice(-5) } };
  if (last === addDays(today, 1)) return { level, key: 'due.tomorrow', params: { time: due.slice(-5) } };
  if (typeof left === 'number') return { level, key: 'due.left', params: { days: left, day: due.slice(5, 10) } };
  return { level, key: level === 'amber' ? 'due.soon' : 'due.by', params: { due } };
}
