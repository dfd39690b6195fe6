import { describe, expect, test } from 'vitest';
import { type AccountTimes, accountClocks, clockAt, taskClock } from '../../domain/accountClock.ts';
import { endOfDay } from '../../domain/calendar.ts';
import { defaultPolicy } from '../../domain/policy.ts';

const account: AccountTimes = {
  managedBy: 'company',
  establishedOn: '2026-01-01',
  visitedOn: null,
  reportedTo: null,
  vacantSince: null,
};
const clockOf = (duty: string, change: Partial<AccountTimes> = {}) => {
  const clock = accountClocks({ ...account, ...change }, defaultPolicy).find((each) => each.duty === duty);
  if (!clock) throw new Error(`no clock of ${duty}`);
  return clock;
};

describe('the clock of a key account (Articles 6 and 8)', () => {
  test('a visit is due 30 calendar days after the last where the company manages it, 60 where a branch does', () => {
    expect(clockOf('visit', { visitedOn: '2026-01-31' }).dueOn).toBe('2026-03-02');
    expect(clockOf('visit', { visitedOn: '2026-01-31', managedBy: 'branch' }).dueOn).toBe('2026-04-01');
  });

  test('before the first it runs from the day it was established, a visit’s (Article 6.1) and a report’s (Article 6.2)', () => {
    expect(clockOf('visit').dueOn).toBe('2026-01-31');
    expect(clockOf('report').dueOn).toBe('2026-04-01');
  });

  test('tells the manager at half-time and the day before, then the head, the office and a vice director', () => {
    expect(clockOf('visit').steps).toEqual([
      { level: 'half', at: endOfDay('2026-01-16') },
      { level: 'dayBefore', at: endOfDay('2026-01-30') },
      { level: 'head', at: endOfDay('2026-01-31') },
      { level: 'office', at: endOfDay('2026-02-15') },
      { level: 'viceDirector', at: endOfDay('2026-03-02') },
    ]);
  });

  test('goes no further than the office where a branch manages it', () => {
    expect(clockOf('visit', { managedBy: 'branch' }).steps.at(-1)?.level).toBe('office');
  });

  test('a vacancy is told to the head at once, and further up while it lasts', () => {
    const vacantSince = new Date('2026-03-01T02:00:00Z');
    expect(accountClocks(account, defaultPolicy).map(({ duty }) => duty)).toEqual(['visit', 'report']);
    expect(clockOf('vacancy', { vacantSince }).steps).toEqual([
      { level: 'head', at: vacantSince.getTime() },
      { level: 'office', at: endOfDay('2026-03-08') },
      { level: 'viceDirector', at: endOfDay('2026-03-15') },
    ]);
  });

  test('a marketing task is told the day before it is due and the day after, and no reminder of one that was set later', () => {
    const task = { id: 'task', dueOn: '2026-03-10' };
    expect(taskClock({ ...task, setAt: new Date('2026-03-01T02:00:00Z') })).toEqual({
      duty: 'marketingTask',
      subject: 'task',
      dueOn: '2026-03-10',
      steps: [
        { level: 'dayBefore', at: endOfDay('2026-03-09') },
        { level: 'head', at: endOfDay('2026-03-10') },
      ],
    });
    const { steps } = taskClock({ ...task, setAt: new Date('2026-03-10T02:00:00Z') });
    expect(steps.map(({ level }) => level)).toEqual(['head']);
  });

  test('a period too short for two reminders has one', () => {
    const [visit] = accountClocks(account, { ...defaultPolicy, visitCompanyDays: 2 });
    expect(visit?.steps.map(({ level }) => level)).toEqual(['dayBefore', 'head', 'office', 'viceDirector']);
    const [daily] = accountClocks(account, { ...defaultPolicy, visitCompanyDays: 1 });
    expect(daily?.steps.map(({ at }) => at)).toEqual([...(daily?.steps ?? [])].map(({ at }) => at).sort());
  });

  test('tells only the latest of what was missed, each once, and says when to look again', () => {
    const clock = clockOf('visit');
    expect(clockAt(clock, [], endOfDay('2026-01-10'))).toEqual({ tell: null, nextAt: endOfDay('2026-01-16') });
    expect(clockAt(clock, [], endOfDay('2026-02-01'))).toEqual({ tell: 'head', nextAt: endOfDay('2026-02-15') });
    expect(clockAt(clock, ['head'], endOfDay('2026-02-01'))).toEqual({ tell: null, nextAt: endOfDay('2026-02-15') });
    expect(clockAt(clock, ['viceDirector'], endOfDay('2026-09-01'))).toEqual({ tell: null, nextAt: null });
  });
});
