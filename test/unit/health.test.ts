import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../domain/attention.ts';
import {
  judgeCalendars,
  judgeDisk,
  judgePostgres,
  judgeProcesses,
  judgeRelay,
  judgeSealer,
  judgeTemporal,
  judgeWorkers,
  worst,
} from '../../domain/health.ts';

const GB = 1024 ** 3;
const word = ({ level, code }: { level: string; code: string }) => `${level} ${code}`;

test('each part is judged by its figures', () => {
  const cases: readonly (readonly [string, string])[] = [
    [word(judgeProcesses({ live: 0, silent: 1, versions: 0 })), 'red none'],
    [word(judgeProcesses({ live: 1, silent: 1, versions: 1 })), 'amber silent'],
    [word(judgeProcesses({ live: 2, silent: 0, versions: 2 })), 'amber mixed'],
    [word(judgeWorkers(judgeProcesses({ live: 1, silent: 0, versions: 1 }), 0)), 'red noPoller'],
    [word(judgeWorkers(judgeProcesses({ live: 1, silent: 0, versions: 1 }), null)), 'green fine'],
    [word(judgeRelay({ depth: 3, oldestSeconds: 59 })), 'green fine'],
    [word(judgeRelay({ depth: 3, oldestSeconds: 60 })), 'amber waiting'],
    [word(judgeRelay({ depth: 3, oldestSeconds: 600 })), 'red waiting'],
    [word(judgeSealer({ unsealed: 1, oldestSeconds: 600 })), 'red behind'],
    [word(judgePostgres({ connections: 80, limit: 100, clockSkewMs: 0 })), 'amber connections'],
    [word(judgePostgres({ connections: 96, limit: 100, clockSkewMs: 0 })), 'red connections'],
    [word(judgePostgres({ connections: 1, limit: 100, clockSkewMs: -3000 })), 'amber clock'],
    [word(judgeTemporal(null)), 'red away'],
    [word(judgeTemporal({ backlog: 9, backlogSeconds: 60, retentionDays: 30 })), 'amber backlog'],
    [word(judgeDisk({ free: 0.5 * GB, total: 100 * GB })), 'red full'],
    [word(judgeDisk({ free: 9 * GB, total: 100 * GB })), 'amber full'],
    [word(judgeDisk(null)), 'amber unknown'],
    [word(judgeCalendars({ lastYear: 2026, day: '2026-10-31' })), 'green fine'],
    [word(judgeCalendars({ lastYear: 2026, day: '2026-11-01' })), 'amber next'],
    [word(judgeCalendars({ lastYear: 2025, day: '2026-01-01' })), 'red year'],
  ];
  for (const [found, wanted] of cases) expect(found).toBe(wanted);
  expect(worst(['green', 'amber', 'red'])).toBe('red');
});

describe('what needs attention', () => {
  const place = {
    closed: false,
    rang: true,
    doorbell: null,
    behindSeconds: null,
    overdueSeconds: null,
  };
  const running = { status: 'running', taskAttempts: 1, taskFailure: null, activities: [] };
  const codes = (...given: Parameters<typeof problemsOf>) => problemsOf(...given).map(({ code }) => code);

  test('is nothing of a case that moves, was never submitted, or ended with its execution', () => {
    expect(codes(place, running)).toEqual([]);
    expect(codes({ ...place, rang: false }, null)).toEqual([]);
    expect(codes({ ...place, closed: true }, { ...running, status: 'completed' })).toEqual([]);
    expect(codes({ ...place, doorbell: { attempts: 1, seconds: 2 }, behindSeconds: 2 }, running)).toEqual([]);
  });

  test('is each way a case and its execution can part', () => {
    expect(codes(place, null)).toEqual(['noExecution']);
    expect(codes(place, { ...running, status: 'failed' })).toEqual(['endedWhileOpen']);
    expect(codes({ ...place, closed: true }, running)).toEqual(['openWhileEnded']);
    expect(codes(null, running)).toEqual(['noCase']);
    expect(codes({ ...place, doorbell: { attempts: 6, seconds: 90 } }, running)).toEqual(['doorbellUnanswered']);
    expect(codes({ ...place, behindSeconds: 90 }, running)).toEqual(['behind']);
    expect(codes({ ...place, overdueSeconds: 90 }, running)).toEqual(['deadlinePassed']);
    expect(codes(place, { ...running, taskAttempts: 3 })).toEqual(['workflowTaskFailing']);
    expect(codes(place, { ...running, activities: [{ attempts: 9, failure: 'x' }] })).toEqual(['activityFailing']);
  });

  test('with Temporal away is what the database alone knows', () => {
    expect(codes(place, undefined)).toEqual([]);
    expect(codes({ ...place, overdueSeconds: 90 }, undefined)).toEqual(['deadlinePassed']);
  });
});
