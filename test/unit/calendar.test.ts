import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HolidayCalendar } from '../../domain/calendar.ts';
import {
  addDays,
  assessmentYear,
  businessDaysBetween,
  dueAfter,
  dueAt,
  dueAtCalendarDays,
  endOfDay,
  escalationAt,
  halfTime,
  isBusinessDay,
  isDay,
  localDay,
  oneDayBefore,
  parseCalendar,
  withCompanyDaysOff,
} from '../../domain/calendar.ts';

/** National Day and Mid-autumn 2026 as published, with the two Sundays and Saturdays worked in exchange. */
const published: HolidayCalendar = {
  version: 'test-2026',
  years: {
    '2026': {
      off: [
        ...['2026-09-25', '2026-09-26', '2026-09-27'],
        ...['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'],
      ],
      work: ['2026-09-20', '2026-10-10'],
    },
  },
};

const at = (local: string): number => Date.parse(`${local}+08:00`);
const HOUR = 3_600_000;
const instants = fc.integer({ min: at('2025-01-01T00:00'), max: at('2030-01-01T00:00') });
const counts = fc.integer({ min: 0, max: 60 });

describe('local days', () => {
  test('begin and end at midnight in Shanghai, not in London', () => {
    expect(localDay(at('2026-11-06T00:00:00.000'))).toBe('2026-11-06');
    expect(localDay(at('2026-11-06T23:59:59.999'))).toBe('2026-11-06');
    expect(localDay(Date.parse('2026-11-05T16:00:00Z'))).toBe('2026-11-06');
    expect(localDay(Date.parse('2026-11-05T15:59:59.999Z'))).toBe('2026-11-05');
  });

  test('24:00 of a day is 00:00 of the next', () => {
    expect(endOfDay('2026-12-31')).toBe(at('2027-01-01T00:00'));
  });

  test('only real days written in full are days', () => {
    expect(isDay('2028-02-29')).toBe(true);
    for (const text of ['2027-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00', '0026-01-01', '']) {
      expect(isDay(text), text).toBe(false);
    }
  });

  test('adding days walks over months, leap days and years, and back', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    fc.assert(
      fc.property(instants, fc.integer({ min: -800, max: 800 }), (instant, count) => {
        expect(addDays(addDays(localDay(instant), count), -count)).toBe(localDay(instant));
      }),
    );
  });
});

describe('a business day', () => {
  test('is Monday to Friday where the calendar says nothing', () => {
    expect(isBusinessDay(published, '2026-11-06')).toBe(true);
    expect(isBusinessDay(published, '2026-11-07')).toBe(false);
    expect(isBusinessDay(published, '2026-11-08')).toBe(false);
  });

  test('is no published holiday, and is a weekend day worked in exchange', () => {
    expect(isBusinessDay(published, '2026-10-01')).toBe(false);
    expect(isBusinessDay(published, '2026-10-10')).toBe(true);
    expect(isBusinessDay(published, '2026-09-20')).toBe(true);
  });
});

describe('a deadline', () => {
  test('does not count the day of opening and falls at 24:00 of the last day', () => {
    const due = dueAt(published, at('2026-11-02T09:30'), 3);
    expect(due).toEqual({ dueMs: at('2026-11-06T00:00'), provisional: false, calendarVersion: 'test-2026' });
  });

  test('is the same whatever the hour of opening', () => {
    expect(dueAt(published, at('2026-11-02T00:00'), 5)).toEqual(dueAt(published, at('2026-11-02T23:59:59.999'), 5));
  });

  test('steps over a holiday week and counts the weekend day worked in exchange', () => {
    expect(dueAt(published, at('2026-09-30T17:00'), 3).dueMs).toBe(endOfDay('2026-10-10'));
  });

  test('opened on a weekend counts from Monday', () => {
    expect(dueAt(published, at('2026-11-07T12:00'), 1).dueMs).toBe(endOfDay('2026-11-09'));
  });

  test('of no days is the end of the day of opening', () => {
    expect(dueAt(published, at('2026-11-07T12:00'), 0).dueMs).toBe(endOfDay('2026-11-07'));
  });

  test('counts weekends only and says provisional as soon as it enters a year without a published calendar', () => {
    expect(dueAt(published, at('2026-12-30T10:00'), 1).provisional).toBe(false);
    const over = dueAt(published, at('2026-12-30T10:00'), 2);
    expect(over).toMatchObject({ dueMs: endOfDay('2027-01-01'), provisional: true });
    expect(dueAt(published, at('2027-03-01T10:00'), 1).provisional).toBe(true);
    expect(dueAt(published, at('2025-12-31T10:00'), 1).provisional).toBe(false);
  });

  test('refuses a number of days that is negative or not whole', () => {
    expect(() => dueAt(published, 0, -1)).toThrow(RangeError);
    expect(() => dueAt(published, 0, 1.5)).toThrow(RangeError);
    expect(() => dueAtCalendarDays(0, Number.NaN)).toThrow(RangeError);
  });

  // Article 6.1: return visits.
  test('of calendar days takes no notice of holidays', () => {
    expect(dueAtCalendarDays(at('2026-09-30T17:00'), 3)).toBe(endOfDay('2026-10-03'));
  });

  test('that follows on another counts from its last day, not from the day after', () => {
    const first = dueAt(published, at('2026-11-02T09:30'), 3);
    expect(dueAfter(published, first.dueMs, 1).dueMs).toBe(endOfDay('2026-11-06'));
    fc.assert(
      fc.property(instants, counts, counts, (opened, days, more) => {
        const extended = dueAfter(published, dueAt(published, opened, days).dueMs, more).dueMs;
        expect(extended).toBe(dueAt(published, opened, days + more).dueMs);
      }),
    );
  });

  test('never comes earlier for a later opening or a longer period, and holds exactly the days asked for', () => {
    fc.assert(
      fc.property(instants, instants, counts, (one, other, days) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        const due = dueAt(published, early, days).dueMs;
        expect(due).toBeLessThanOrEqual(dueAt(published, late, days).dueMs);
        expect(due).toBeLessThan(dueAt(published, early, days + 1).dueMs);
        expect(due).toBeGreaterThan(early);
        expect(businessDaysBetween(published, early, due)).toBe(days);
        if (days > 0) expect(isBusinessDay(published, localDay(due - 1))).toBe(true);
      }),
    );
  });

  test('only moves later when a company day off is added', () => {
    const days = fc.array(
      fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2025-06-01', n)),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(instants, counts, days, (opened, count, off) => {
        const moved = dueAt(withCompanyDaysOff(published, off), opened, count).dueMs;
        expect(moved).toBeGreaterThanOrEqual(dueAt(published, opened, count).dueMs);
      }),
    );
  });
});

describe('reminders and escalations', () => {
  test('half-time is the end of a business day for an even period and noon for an odd one', () => {
    const opened = at('2026-11-02T09:30');
    expect(halfTime(published, opened, dueAt(published, opened, 10).dueMs)).toBe(endOfDay('2026-11-09'));
    expect(halfTime(published, opened, dueAt(published, opened, 3).dueMs)).toBe(at('2026-11-04T12:00'));
  });

  test('half-time of a period without a business day is half by the clock', () => {
    expect(halfTime(published, at('2026-11-07T10:00'), at('2026-11-07T14:00'))).toBe(at('2026-11-07T12:00'));
  });

  test('one day before leaves one whole business day, over a weekend too', () => {
    expect(oneDayBefore(published, endOfDay('2026-11-05'))).toBe(endOfDay('2026-11-04'));
    expect(oneDayBefore(published, endOfDay('2026-11-09'))).toBe(endOfDay('2026-11-06'));
    expect(oneDayBefore(published, endOfDay('2026-10-08'))).toBe(endOfDay('2026-09-30'));
  });

  test('the next level is reached at the due time, then each further half of the time', () => {
    const opened = at('2026-11-02T09:30');
    const { dueMs } = dueAt(published, opened, 3);
    expect([0, 1, 2].map((level) => escalationAt(published, opened, dueMs, level))).toEqual([
      endOfDay('2026-11-05'),
      at('2026-11-09T12:00'),
      endOfDay('2026-11-10'),
    ]);
  });

  test('the next level after a period without a business day is reached half a business day after it', () => {
    expect(escalationAt(published, at('2026-11-07T10:00'), at('2026-11-07T14:00'), 1)).toBe(at('2026-11-09T12:00'));
  });

  test('come in order: opening, half-time, due, first further half, second', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), (opened, days) => {
        const { dueMs } = dueAt(published, opened, days);
        const half = halfTime(published, opened, dueMs);
        const further = [1, 2].map((level) => escalationAt(published, opened, dueMs, level));
        const times = [half, oneDayBefore(published, dueMs), dueMs, ...further];
        expect(half).toBeGreaterThan(opened);
        expect(half).toBeLessThan(dueMs);
        expect(times.slice(1)).toEqual([...times.slice(1)].sort((a, b) => a - b));
        expect(businessDaysBetween(published, oneDayBefore(published, dueMs) - HOUR, dueMs)).toBe(1);
      }),
    );
  });
});

// Article 10.3.
test('the assessment year runs from 1 December to 30 November', () => {
  expect(assessmentYear('2026-11-30')).toBe(2025);
  expect(assessmentYear('2026-12-01')).toBe(2026);
  expect(assessmentYear('2027-01-15')).toBe(2026);
  expect(assessmentYear('2027-11-30')).toBe(2026);
  expect(assessmentYear('2027-12-01')).toBe(2027);
});

describe('company days off', () => {
  test('hold also against a weekend day worked in exchange', () => {
    const calendar = withCompanyDaysOff(published, ['2026-10-10', '2026-11-06']);
    expect(isBusinessDay(calendar, '2026-10-10')).toBe(false);
    expect(isBusinessDay(calendar, '2026-11-06')).toBe(false);
    expect(isBusinessDay(published, '2026-11-06')).toBe(true);
  });

  test('do not make an unpublished year a published one', () => {
    const calendar = withCompanyDaysOff(published, ['2027-05-20']);
    expect(isBusinessDay(calendar, '2027-05-20')).toBe(false);
    expect(dueAt(calendar, at('2027-05-19T10:00'), 1)).toMatchObject({
      dueMs: endOfDay('2027-05-21'),
      provisional: true,
    });
    expect(dueAt(withCompanyDaysOff(published, ['2026-11-06']), at('2026-11-05T10:00'), 1).provisional).toBe(false);
  });

  test('leave a calendar that could be imported', () => {
    const calendar = withCompanyDaysOff(published, ['2026-10-10', '2026-10-01', '2027-05-20']);
    expect(parseCalendar(calendar)).toEqual({ ok: true, calendar });
  });

  test('give the calendar a version of their own, the same for the same days', () => {
    const one = withCompanyDaysOff(published, ['2026-11-06', '2026-11-09']).version;
    expect(withCompanyDaysOff(published, ['2026-11-09', '2026-11-06', '2026-11-06']).version).toBe(one);
    expect(withCompanyDaysOff(published, ['2026-11-06']).version).not.toBe(one);
    expect(withCompanyDaysOff(published, []).version).toBe('test-2026');
  });
});

describe('an imported calendar', () => {
  test('is read as it was written', () => {
    expect(parseCalendar(JSON.parse(JSON.stringify(published)))).toEqual({ ok: true, calendar: published });
  });

  test('is refused with every problem and its place', () => {
    const input = {
      version: ' ',
      years: {
        '2027': {
          off: ['2027-01-01', '2027-02-30', '2026-12-31', 5],
          work: ['2027-01-01'],
          provisional: 'yes',
          note: '',
        },
        '27': { off: [], work: [] },
        '2028': { off: 'none', work: [] },
        '2029': [],
      },
      author: 'someone',
    };
    expect(parseCalendar(input)).toEqual({
      ok: false,
      problems: [
        { path: 'author', reason: 'unknownField' },
        { path: 'version', reason: 'notAVersion' },
        { path: 'years.27', reason: 'notAYear' },
        { path: 'years.2027.note', reason: 'unknownField' },
        { path: 'years.2027.off[1]', reason: 'notADay' },
        { path: 'years.2027.off[2]', reason: 'otherYear' },
        { path: 'years.2027.off[3]', reason: 'notADay' },
        { path: 'years.2027.work[0]', reason: 'twice' },
        { path: 'years.2027.provisional', reason: 'notABoolean' },
        { path: 'years.2028.off', reason: 'notAList' },
        { path: 'years.2029', reason: 'notAnObject' },
      ],
    });
  });

  test('is refused when it is no calendar at all, and never throws', () => {
    expect(parseCalendar(null)).toEqual({ ok: false, problems: [{ path: '', reason: 'notAnObject' }] });
    expect(parseCalendar({ version: '1', years: {} })).toEqual({
      ok: false,
      problems: [{ path: 'years', reason: 'noYears' }],
    });
    fc.assert(fc.property(fc.anything(), (input) => void parseCalendar(input)));
  });
});
