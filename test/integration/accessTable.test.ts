import { describe, expect, test } from 'vitest';
import { isTerminal } from '../../domain/lifecycle.ts';
import { recommendation } from '../../domain/recommendation.ts';
import { check, isFinal } from '../support/accessCells.ts';
import { actions, allowed, states, turns } from '../support/accessTable.ts';

type State = keyof typeof recommendation.states;
/** Those that have ended, and the turns, are asked beside these in accessTableTurns.test.ts. */
const open = Object.keys(states).filter((state) => !isTerminal(recommendation, state as State));

describe('who may do what, asked through HTTP', () => {
  test('the table has every state of the lifecycle and every kind of answer', () => {
    expect(Object.keys(states)).toEqual(Object.keys(recommendation.states));
    for (const state of Object.keys(states)) {
      const changing = [...allowed(states[state] ?? [])]
        .filter(([action]) => isFinal(action))
        .map(([action]) => action);
      expect(changing.length > 0, state).toBe(!isTerminal(recommendation, state as State));
    }
    const answered = [...Object.values(states), ...Object.values(turns)].flatMap((rows) => [...allowed(rows)]);
    const somewhere = new Set(answered.filter(([, who]) => who.size > 0).map(([action]) => action));
    // A draft is submitted by its own address, never as an answer to a task.
    expect(actions.filter((action) => !somewhere.has(action))).toEqual(['revise.submit']);
  });

  // Article 11: read by whoever works on it, and decided by whom the Measures name.
  test.concurrent.each(open)(
    '%s: every role × action is refused or allowed as the table says',
    async (state) => {
      expect(await check(state, actions, allowed(states[state] ?? []))).toEqual([]);
    },
    180_000,
  );
});
