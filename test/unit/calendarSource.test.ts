import { expect, test } from 'vitest';
import { dueAt, endOfDay, isBusinessDay, parseCalendar } from '../../domain/calendar.ts';
import { defaultCalendar, publishedYears } from '../../platform/calendarSource.ts';

const calendar = defaultCalendar();
const lastYear = Math.max(...Object.keys(calendar.years).map(Number));

test('2026 is as the State Council published it', () => {
  for (const day of [
    '2026-01-02',
    '2026-02-16',
    '2026-02-23',
    '2026-04-06',
    '2026-05-05',
    '2026-06-19',
    '2026-09-25',
    '2026-10-07',
  ]) {
    expect(isBusinessDay(calendar, day), day).toBe(false);
  }
  for (const day of [
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
    '2026-02-24',
  ]) {
    expect(isBusinessDay(calendar, day), day).toBe(true);
  }
});

test('only years with a whole published calendar are in it, so that any later one is provisional', () => {
  for (const [year, { off, provisional }] of Object.entries(calendar.years)) {
    expect(off).toEqual(expect.arrayContaining([`${year}-01-01`, `${year}-05-01`, `${year}-10-01`]));
    expect(provisional).toBeUndefined();
  }
  expect(lastYear).toBeGreaterThanOrEqual(2026);
  const due = dueAt(calendar, endOfDay(`${lastYear}-12-31`) - 1, 1);
  expect(due.provisional).toBe(true);
});

test('a year of which only a December is known is not a published one', () => {
  const days = ['2025-12-31', '2026-01-01', '2026-10-01'];
  expect(publishedYears(days, ['2025-12-28', '2026-10-10'])).toEqual({
    '2026': { off: ['2026-01-01', '2026-10-01'], work: ['2026-10-10'] },
  });
});

test('it passes the check of imported calendars, and names the package and version it comes from', () => {
  expect(parseCalendar(calendar)).toEqual({ ok: true, calendar });
  expect(calendar.version).toMatch(/^chinese-days@\d+\.\d+\.\d+$/);
});
