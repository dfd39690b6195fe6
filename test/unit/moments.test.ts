import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { amongActs } from '../../scripts/chaos/moments.ts';
import { chanceFrom } from '../../scripts/system/random.ts';

test('each thing is done at a moment of its own among the acts, the same from the same seed', async () => {
  const momentsOf = async (seed: number): Promise<number[]> => {
    let taken = 100;
    const moments: number[] = [];
    const work = { acts: 50, done: new Promise(() => {}) };
    const all = amongActs([1, 2, 3], work, { chance: chanceFrom(seed), taken: () => (taken += 5) }, async () => {
      moments.push(taken - 100);
    });
    await all;
    return moments;
  };
  const moments = await momentsOf(7);
  expect(moments).toHaveLength(3);
  expect(moments).toEqual([...moments].sort((one, other) => one - other));
  expect(Math.max(...moments)).toBeLessThan(60);
  expect(await momentsOf(7)).toEqual(moments);
  expect(await momentsOf(8)).not.toEqual(moments);
});

test('what its moment has not come for when the work is over is done all the same', async () => {
  const done: string[] = [];
  const work = { acts: 1000, done: pause(5) };
  await amongActs(['api', 'worker'], work, { chance: chanceFrom(1), taken: () => 0 }, async (thing) => {
    done.push(thing);
  });
  expect(done).toEqual(['api', 'worker']);
});
