import { setTimeout as pause } from 'node:timers/promises';
import { defaultPolicy } from '../../domain/policy.ts';
import type { Chance } from '../system/random.ts';
import { type Life, live, planFrom } from './life.ts';

export type Load = {
  /** No case begins any more. */
  close(): void;
  /** From now on everything is up: what does not move on is stuck. Resolves, once every case has ended or is stuck, with what is stuck. */
  ended(): Promise<readonly string[]>;
  /** How many cases have begun. */
  readonly count: () => number;
};

/** Keeps so many cases going at once; whenever one has ended another begins. */
export function startLoad(life: Life, chance: Chance, atOnce: number): Load {
  let isClosed = false;
  let isHealed = false;
  let count = 0;
  const stuck: string[] = [];
  const runner = async (): Promise<void> => {
    while (!isClosed) {
      count += 1;
      const left = await live(life, planFrom(chance.another()), () => isHealed).catch(
        (cause: Error) => `a case could not go on: ${cause.stack}`,
      );
      if (left) stuck.push(left);
      await pause(0);
    }
  };
  /** The rules change while cases go on, always later than now; one that would have been in force already must be refused. */
  const rules = async (): Promise<void> => {
    while (!isClosed) {
      await pause(chance.between(2000, 6000));
      const isBack = chance.is(0.3);
      const effectiveFrom = new Date(Date.now() + (isBack ? -600_000 : 20_000)).toISOString();
      const values = { ...defaultPolicy, confirmingDays: chance.between(3, 9) };
      const body = { effectiveFrom, note: '混沌测试', values };
      await life.clients.post('office-head', '/policies', body, { action: 'policy' });
    }
  };
  const running = [...Array.from({ length: atOnce }, runner), rules()];
  return {
    close: () => {
      isClosed = true;
    },
    async ended() {
      isHealed = true;
      await Promise.all(running);
      return stuck;
    },
    count: () => count,
  };
}
