import { describe, expect, test } from 'vitest';
import { foreseeBallotDeadline, foreseeTaskDeadline } from '../../domain/foreseenDeadline.ts';
import type { Silence } from '../../domain/process.ts';

const calendar = { version: 'none', years: {} };
const at = (text: string): number => Date.parse(`${text}+08:00`);
// A Monday; due after three business days at the end of Thursday.
const opened = { openedMs: at('2026-03-02T09:00:00'), dueMs: at('2026-03-06T00:00:00') };
const days = (becomes: number) => ({ was: 3, becomes });

describe('a task under another deadline', () => {
  const task = (closed: string, silence: Silence, isSilent = false, level = 0) =>
    ({ ...opened, closedMs: at(closed), silence, isSilent, level }) as const;

  test('was answered in time, and would have been overdue, or the other way round', () => {
    const answered = task('2026-03-05T10:00:00', 'escalate');
    expect(foreseeTaskDeadline(answered, days(2), calendar)).toMatchObject({
      before: 'inTime',
      after: 'overdue',
      differs: true,
      wasDueMs: opened.dueMs,
      wouldBeDueMs: at('2026-03-05T00:00:00'),
    });
    expect(foreseeTaskDeadline(answered, days(5), calendar)).toMatchObject({ after: 'inTime', differs: false });
    // Escalated, its stored deadline is that of the level it had come to.
    const late = { ...task('2026-03-09T10:00:00', 'escalate', false, 1), dueMs: at('2026-03-10T00:00:00') };
    expect(foreseeTaskDeadline(late, days(5), calendar)).toMatchObject({ before: 'overdue', after: 'inTime' });
    expect(foreseeTaskDeadline(late, days(4), calendar)).toMatchObject({ before: 'overdue', after: 'overdue' });
  });

  test('is late from the very instant of its deadline on', () => {
    const answered = task('2026-03-05T00:00:00', 'escalate');
    expect(foreseeTaskDeadline(answered, days(2), calendar)).toMatchObject({ after: 'overdue' });
  });

  test('of somebody who gave what was asked: silent, had his time been over before', () => {
    const given = task('2026-03-05T10:00:00', 'outcome');
    expect(foreseeTaskDeadline(given, days(2), calendar)).toMatchObject({ before: 'inTime', after: 'silent' });
  });

  test('that nobody answered would have stood open longer, and nobody is made to answer it', () => {
    const silent = task('2026-03-06T00:00:01', 'outcome', true);
    expect(foreseeTaskDeadline(silent, days(5), calendar)).toMatchObject({
      before: 'silent',
      after: 'open',
      differs: true,
    });
    expect(foreseeTaskDeadline(silent, days(1), calendar)).toMatchObject({ after: 'silent', differs: false });
  });

  test('is not told where its deadline was another than its days give, or silence went from level to level', () => {
    const moved = { ...task('2026-03-05T10:00:00', 'escalate'), dueMs: at('2026-03-07T00:00:00') };
    expect(foreseeTaskDeadline(moved, days(1), calendar)).toBe(null);
    expect(foreseeTaskDeadline(task('2026-03-20T00:00:00', 'levelsThenOutcome', true, 2), days(9), calendar)).toBe(
      null,
    );
    // Answered before its first deadline, and yet escalated: it was moved.
    expect(foreseeTaskDeadline(task('2026-03-03T10:00:00', 'escalate', false, 1), days(1), calendar)).toBe(null);
  });
});

describe('a ballot under another deadline', () => {
  const ballot = { ...opened, closedMs: at('2026-03-05T12:00:00'), byDeadline: false };
  const votedMs = [at('2026-03-03T10:00:00'), at('2026-03-05T09:00:00'), at('2026-03-05T12:00:00')];

  test('would have been over before some of its votes, and says before how many', () => {
    expect(foreseeBallotDeadline({ ...ballot, votedMs }, days(2), calendar)).toMatchObject({
      before: 'inTime',
      after: 'struck',
      late: 2,
      differs: true,
    });
    const early = { ...ballot, votedMs: votedMs.slice(0, 1) };
    expect(foreseeBallotDeadline(early, days(2), calendar)).toMatchObject({ after: 'inTime', late: 0, differs: false });
  });

  test('that its deadline closed would still have been open', () => {
    const over = { ...ballot, votedMs, byDeadline: true, closedMs: opened.dueMs + 1000 };
    expect(foreseeBallotDeadline(over, days(5), calendar)).toMatchObject({ before: 'atDeadline', after: 'open' });
    expect(foreseeBallotDeadline(over, days(3), calendar)).toMatchObject({ after: 'atDeadline', differs: false });
  });

  test('is not told where its deadline was another than its days give', () => {
    expect(foreseeBallotDeadline({ ...ballot, votedMs, dueMs: opened.dueMs + 1 }, days(2), calendar)).toBe(null);
  });
});
