import { expect, test } from 'vitest';
import type { Standing } from '../../domain/accountStanding.ts';
import { isOverdue, type MarketingTask, mayDrop, mayFulfil, maySet } from '../../domain/marketingTask.ts';

const standing = (...held: Standing[]) => new Set(held);
const task = (change: Partial<MarketingTask> = {}): MarketingTask => ({
  state: 'open',
  ownerId: 'owner',
  setBy: 'head',
  dueOn: '2026-12-01',
  ...change,
});

test('a marketing task is set by the account’s manager or the head of a holding unit', () => {
  for (const held of ['manager', 'head'] as const) expect(maySet(standing(held))).toBe(true);
  for (const held of ['unit', 'office', 'leader', 'committee', 'auditor'] as const)
    expect(maySet(standing(held))).toBe(false);
});

test('it is fulfilled by whoever is to do it, the manager or the head, once', () => {
  expect(mayFulfil(task(), 'owner', standing())).toBe(true);
  expect(mayFulfil(task(), 'other', standing('manager'))).toBe(true);
  expect(mayFulfil(task(), 'other', standing('office', 'unit'))).toBe(false);
  expect(mayFulfil(task({ state: 'done' }), 'owner', standing('head'))).toBe(false);
});

test('what the head set, the manager does not drop', () => {
  expect(mayDrop(task(), 'owner', standing('manager'))).toBe(false);
  expect(mayDrop(task({ setBy: 'owner' }), 'owner', standing('manager'))).toBe(true);
  expect(mayDrop(task({ setBy: 'owner' }), 'other', standing('head'))).toBe(true);
  // Who was replaced as manager has nothing to drop any more.
  expect(mayDrop(task({ setBy: 'owner' }), 'owner', standing('unit'))).toBe(false);
});

test('it is overdue after its last day, while it is open', () => {
  expect(isOverdue(task(), '2026-12-01')).toBe(false);
  expect(isOverdue(task(), '2026-12-02')).toBe(true);
  expect(isOverdue(task({ state: 'dropped' }), '2026-12-02')).toBe(false);
});
