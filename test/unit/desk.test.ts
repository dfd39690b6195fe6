import { expect, test } from 'vitest';
import { byDay, daysAhead, healthOf, standingOf } from '../../domain/desk.ts';

const TODAY = '2026-11-28';
const fine = {
  vacant: false,
  visitDueOn: '2026-12-31',
  reportDueOn: '2026-12-31',
  warnings: 0,
  severeWarnings: 0,
  overdueWork: 0,
};

test('what is due today is in time until the day is over; the desk looks seven days ahead', () => {
  expect(standingOf('2026-11-27', TODAY)).toBe('overdue');
  expect(standingOf('2026-11-28', TODAY)).toBe('today');
  expect(standingOf('2026-12-04', TODAY)).toBe('soon');
  expect(standingOf('2026-12-05', TODAY)).toBe('later');
  expect(daysAhead(TODAY)).toEqual([
    '2026-11-28',
    '2026-11-29',
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
    '2026-12-04',
  ]);
});

test('an account stands as badly as the gravest of what is to be seen to', () => {
  expect(healthOf(fine, TODAY)).toEqual({ health: 'good', signs: [] });
  expect(healthOf({ ...fine, visitDueOn: '2026-12-02' }, TODAY)).toEqual({ health: 'attention', signs: ['visitSoon'] });
  expect(healthOf({ ...fine, visitDueOn: '2026-11-27', reportDueOn: '2026-11-28' }, TODAY)).toEqual({
    health: 'trouble',
    signs: ['visitOverdue', 'reportSoon'],
  });
  expect(healthOf({ ...fine, vacant: true }, TODAY).health).toBe('trouble');
  expect(healthOf({ ...fine, warnings: 2, severeWarnings: 1 }, TODAY)).toEqual({
    health: 'trouble',
    signs: ['severeWarning', 'warning'],
  });
  expect(healthOf({ ...fine, reportDueOn: '2026-11-01', overdueWork: 3 }, TODAY)).toEqual({
    health: 'attention',
    signs: ['reportOverdue', 'workOverdue'],
  });
});

test('what is due comes by its day, and what has none at the end', () => {
  const rows = [{ dueOn: null }, { dueOn: '2026-12-01' }, { dueOn: '2026-11-01' }];
  expect([...rows].sort(byDay).map(({ dueOn }) => dueOn)).toEqual(['2026-11-01', '2026-12-01', null]);
});
