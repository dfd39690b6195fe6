import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import {
  checkLifecycle,
  eventsFrom,
  isTerminal,
  statesOf,
  terminalStates,
  transition,
} from '../../domain/lifecycle.ts';

const open = { terminal: false, article: 'Article 1', zhKey: 'x' };
const closed = { ...open, terminal: true };
const step = (from: string, on: string, to: string) => ({ from, on, to, by: 'office', article: 'Article 1' });

const sound: Lifecycle<string> = {
  process: 'sound',
  initial: 'asked',
  states: { asked: open, answering: open, answered: closed, dropped: closed },
  transitions: [
    step('asked', 'take', 'answering'),
    step('answering', 'return', 'asked'),
    step('answering', 'answer', 'answered'),
    step('asked', 'drop', 'dropped'),
  ],
};

test('an event leads where the table says, and nowhere when the table is silent', () => {
  expect(transition(sound, 'asked', 'take')).toBe('answering');
  expect(transition(sound, 'asked', 'answer')).toBeNull();
  expect(transition(sound, 'answered', 'take')).toBeNull();
  expect(eventsFrom(sound, 'answering')).toEqual(['return', 'answer']);
});

test('the terminal states are those marked so', () => {
  expect(terminalStates(sound)).toEqual(['answered', 'dropped']);
  expect(isTerminal(sound, 'dropped')).toBe(true);
  expect(isTerminal(sound, 'asked')).toBe(false);
});

describe('a table is refused', () => {
  test('not at all when it is sound', () => {
    expect(checkLifecycle(sound)).toEqual([]);
  });

  test('when a state cannot be reached', () => {
    const lost = { ...sound, states: { ...sound.states, lost: closed } };
    expect(checkLifecycle(lost)).toEqual([{ code: 'unreachable', state: 'lost' }]);
  });

  test('when a state that is not terminal has no way to a terminal one, a circle included', () => {
    const circle = {
      ...sound,
      states: { ...sound.states, left: open, right: open },
      transitions: [
        ...sound.transitions,
        step('asked', 'turn', 'left'),
        step('left', 'turn', 'right'),
        step('right', 'turn', 'left'),
      ],
    };
    expect(checkLifecycle(circle)).toEqual([
      { code: 'noWayOut', state: 'left' },
      { code: 'noWayOut', state: 'right' },
    ]);
  });

  test('when an event leaves a terminal state', () => {
    const reopened = { ...sound, transitions: [...sound.transitions, step('answered', 'reopen', 'asked')] };
    expect(checkLifecycle(reopened)).toEqual([{ code: 'leavesTerminal', state: 'answered', on: 'reopen' }]);
  });

  test('when one event leads two ways', () => {
    const forked = { ...sound, transitions: [...sound.transitions, step('asked', 'take', 'dropped')] };
    expect(checkLifecycle(forked)).toEqual([{ code: 'ambiguous', state: 'asked', on: 'take' }]);
  });

  test('when it names a state it does not have', () => {
    const wrong = { ...sound, transitions: [...sound.transitions, step('asked', 'jump', 'nowhere')] };
    expect(checkLifecycle(wrong)).toEqual([{ code: 'unknownState', state: 'nowhere', on: 'jump' }]);
    expect(checkLifecycle({ ...sound, initial: 'nowhere' })).toContainEqual({ code: 'unknownState', state: 'nowhere' });
  });
});

test('in any table found sound, every walk stays in the table and a shortest walk from every state ends the process', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const tables = fc.record({
    terminal: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    transitions: fc.array(
      fc.record({ from: fc.constantFrom(...names), on: fc.constantFrom('x', 'y', 'z'), to: fc.constantFrom(...names) }),
      { maxLength: 14 },
    ),
  });
  fc.assert(
    fc.property(tables, ({ terminal, transitions }) => {
      const table: Lifecycle<string> = {
        process: 'random',
        initial: 'a',
        states: Object.fromEntries(names.map((name, index) => [name, terminal[index] ? closed : open])),
        transitions: transitions.map(({ from, on, to }) => step(from, on, to)),
      };
      const soundTable = checkLifecycle(table).length === 0;

      // The oracle walks by `transition` alone, breadth first, from every state.
      const ends = (from: string): Set<string> => {
        let front = [from];
        const seen = new Set(front);
        while (front.length > 0) {
          front = front
            .flatMap((state) => eventsFrom(table, state).map((on) => transition(table, state, on) ?? 'nowhere'))
            .filter((state) => !seen.has(state));
          for (const state of front) seen.add(state);
        }
        return seen;
      };
      const deterministic = new Set(transitions.map((t) => t.from + t.on)).size === transitions.length;
      const stops = statesOf(table).every(
        (state) => !isTerminal(table, state) || eventsFrom(table, state).length === 0,
      );
      const all = ends('a').size === names.length;
      const finishes = names.every((name) => [...ends(name)].some((state) => isTerminal(table, state)));
      expect(soundTable).toBe(deterministic && stops && all && finishes);
    }),
    { numRuns: 2000 },
  );
});
