import { describe, expect, test } from 'vitest';
import { isTerminal } from '../../domain/lifecycle.ts';
import { recommendation } from '../../domain/recommendation.ts';
import { check } from '../support/accessCells.ts';
import { actions, allowed, states, turns } from '../support/accessTable.ts';

type State = keyof typeof recommendation.states;
const ended = Object.keys(states).filter((state) => isTerminal(recommendation, state as State));

describe('who may do what, asked through HTTP', () => {
  test.concurrent.each(ended)(
    '%s: every role × action is refused or allowed as the table says',
    async (state) => {
      expect(await check(state, actions, allowed(states[state] ?? []))).toEqual([]);
    },
    180_000,
  );

  test.concurrent.each(Object.keys(turns))(
    '%s: what differs there, as the table says',
    async (turn) => {
      const table = allowed(turns[turn] ?? []);
      expect(await check(turn, [...table.keys()], table)).toEqual([]);
    },
    180_000,
  );
});
