import { expect, test } from 'vitest';
import { planRefusal, visitRefusal } from '../../domain/visit.ts';

const now = new Date('2026-11-28T10:00:00Z');
const holding = { validFrom: new Date('2026-03-01T02:00:00Z'), validTo: null };

test('a visit is never in the future', () => {
  expect(visitRefusal('2026-11-28', holding, now)).toBe(null);
  expect(visitRefusal('2026-11-29', holding, now)).toBe('visitInFuture');
  // It is Sunday in Shanghai already.
  expect(visitRefusal('2026-11-29', holding, new Date('2026-11-28T16:00:00Z'))).toBe(null);
});

test('a visit lies in its holding, whose first and last day count', () => {
  const ended = { ...holding, validTo: new Date('2026-06-01T02:00:00Z') };
  expect(visitRefusal('2026-02-28', ended, now)).toBe('visitBeforeHolding');
  expect(visitRefusal('2026-03-01', ended, now)).toBe(null);
  expect(visitRefusal('2026-06-01', ended, now)).toBe(null);
  expect(visitRefusal('2026-06-02', ended, now)).toBe('visitAfterHolding');
});

test('a visit is planned for today or later', () => {
  expect(planRefusal('2026-11-28', now)).toBe(null);
  expect(planRefusal('2026-11-27', now)).toBe('visitInPast');
});
