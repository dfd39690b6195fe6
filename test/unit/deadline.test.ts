import { describe, expect, test } from 'vitest';
import type { InboxRow } from '../../api/contract/tasks.ts';
import { deadline } from '../../domain/deadline.ts';
import { groupsOf } from '../../web/inboxGroups.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const iso = (text: string) => new Date(at(text)).toISOString();
/** 24:00 of a day. */
const endOf = (day: string) => new Date(at(`${day}T00:00:00`) + 86_400_000).toISOString();
const now = at('2026-11-27T10:00:00');

describe('a deadline is told in words', () => {
  test.each([
    ['over since a moment', iso('2026-11-27T09:59:00'), {}, ['red', 'overToday', 0, '11-27', '09:59']],
    ['over at this very instant', iso('2026-11-27T10:00:00'), {}, ['red', 'overToday', 0, '11-27', '10:00']],
    ['over since the midnight before', endOf('2026-11-26'), {}, ['red', 'overDays', 1, '11-26', '24:00']],
    ['over since two days', endOf('2026-11-25'), {}, ['red', 'overDays', 2, '11-25', '24:00']],
    ['over since last year', endOf('2025-12-31'), {}, ['red', 'overDays', 331, '12-31', '24:00']],
    ['tonight', endOf('2026-11-27'), { left: 0 }, ['amber', 'today', 0, '11-27', '24:00']],
    ['tonight, whatever is said', endOf('2026-11-27'), { soon: false }, ['amber', 'today', 0, '11-27', '24:00']],
    ['at an hour of today', iso('2026-11-27T15:30:00'), {}, ['amber', 'today', 0, '11-27', '15:30']],
    ['tomorrow', endOf('2026-11-28'), { left: 1 }, ['amber', 'tomorrow', 1, '11-28', '24:00']],
    ['one business day', endOf('2026-11-30'), { left: 1 }, ['amber', 'left', 1, '11-30', '24:00']],
    ['three business days', endOf('2026-12-02'), { left: 3 }, ['green', 'left', 3, '12-02', '24:00']],
    ['days unknown', endOf('2026-12-02'), { soon: false }, ['green', 'by', 0, '12-02', '24:00']],
    ['days unknown, soon', endOf('2026-12-02'), { soon: true }, ['amber', 'soon', 0, '12-02', '24:00']],
    ['nothing known', endOf('2026-12-02'), { left: null }, ['green', 'by', 0, '12-02', '24:00']],
  ])('%s', (_what, due, known, [level, code, days, day, time]) => {
    const told = deadline(Date.parse(due), now, known);
    expect({ ...told, day: told.day.slice(5) }).toEqual({ level, code, days, day, time });
  });
});

describe('rows in groups', () => {
  const row = (kind: string, dueAt: string | null) => ({ task: { kind, dueAt } }) as unknown as InboxRow;
  const rows = [
    row('vote', endOf('2026-11-26')),
    row('endorse', endOf('2026-11-27')),
    row('vote', endOf('2026-12-04')),
    row('vote', endOf('2026-12-05')),
    row('record', null),
  ];
  const headings = (grouping: 'due' | 'kind' | 'none') =>
    groupsOf(rows, grouping, now).map((group) => [group.heading, group.rows.length]);

  test('by deadline, by kind, or all together, in the order of their first rows and none left out', () => {
    expect(headings('due')).toEqual([
      ['overdue', 1],
      ['today', 1],
      ['week', 1],
      ['later', 1],
      ['none', 1],
    ]);
    expect(headings('kind')).toEqual([
      ['vote', 3],
      ['endorse', 1],
      ['record', 1],
    ]);
    expect(headings('none')).toEqual([['', 5]]);
    expect(groupsOf([], 'due', now)).toEqual([]);
  });
});
