import { expect, test } from 'vitest';
import { startRounds } from '../../platform/rounds.ts';

const NEVER = 2 ** 30;

/** A round that each call of `next` lets end, and what it ends with. */
function steps() {
  let begun = 0;
  let end: (result: unknown) => void = () => {};
  let seen: () => void = () => {};
  const round = () => {
    begun += 1;
    seen();
    return new Promise<unknown>((resolve) => {
      end = resolve;
    });
  };
  const until = async (count: number) => {
    while (begun < count)
      await new Promise<void>((resolve) => {
        seen = resolve;
      });
  };
  return { round, until, end: (result?: unknown) => end(result), begun: () => begun };
}

const fail = (error: unknown) => {
  throw error;
};

test('a round follows at once where more waits, and otherwise when it is woken', async () => {
  const { round, until, end, begun } = steps();
  const rounds = startRounds({ everyMs: NEVER, round, onError: fail });
  await until(1);
  end(true);
  await until(2);
  end(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun()).toBe(2);
  rounds.wake();
  await until(3);
  end();
  await rounds.stop();
});

test('who wakes during a round gets another after it, and never two at once', async () => {
  const { round, until, end, begun } = steps();
  const rounds = startRounds({ everyMs: NEVER, round, onError: fail });
  await until(1);
  rounds.wake();
  rounds.wake();
  expect(begun()).toBe(1);
  end();
  await until(2);
  const stopped = rounds.stop();
  end();
  await stopped;
  expect(begun()).toBe(2);
});

test('a round that fails is told of and does not end the rounds; stopping waits for the one under way', async () => {
  const told: unknown[] = [];
  let count = 0;
  const rounds = startRounds({
    everyMs: NEVER,
    round: async () => {
      count += 1;
      throw new Error(`round ${count}`);
    },
    onError: (error) => told.push((error as Error).message),
  });
  await rounds.stop();
  expect(told).toEqual(['round 1']);
});
