import { describe, expect, test } from 'vitest';
import { figuresOf, isKept, percentile, type Ratio, ratioTable } from '../../scripts/bench/figures.ts';
import { underLoad } from '../../scripts/bench/load.ts';

describe('the figures of a load', () => {
  test('are nearest-rank percentiles and pieces of work a second', () => {
    const each = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(figuresOf({ each, wallMs: 2000 })).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, perSecond: 50 });
    expect(percentile([7], 99)).toBe(7);
  });

  test('come from all the work, with never more in flight than asked', async () => {
    let inFlight = 0;
    let most = 0;
    const { each } = await underLoad(Array.from({ length: 40 }), 8, async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
    });
    expect(each).toHaveLength(40);
    expect(most).toBe(8);
  });

  test('are not told where a piece of work failed', async () => {
    const failing = underLoad([1, 2, 3], 2, async (piece) => {
      if (piece === 2) throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
  });
});

test('a ratio is kept up to its bound, and a broken one is named', () => {
  const most: Ratio = { name: 'vote / F1', value: 2.5, bound: 2.5, is: 'atMost' };
  const least: Ratio = { name: 'cases / F3', value: 0.29, bound: 0.3, is: 'atLeast' };
  expect([most, { ...most, value: 2.51 }, least, { ...least, value: 0.3 }].map(isKept)).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(ratioTable([most, least])).toMatch(/vote \/ F1.*kept\ncases \/ F3.*BROKEN/);
});
