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

const open = { terminal: false, article: '系统默认', zhKey: 'x' };
const closed = { ...open, terminal: true };
const step = (from: string, on: string, to: string) => ({ from, on, to, by: 'office', article: '系统默认' });

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

test('a table is found sound exactly when walking it shows so', () => {
  // Tables a few changes away from a sound one, so that both answers are common.
  const names = statesOf(sound);
  const changes = fc.record({
    removed: fc.subarray([...sound.transitions], { maxLength: 1 }),
    added: fc.array(
      fc.record({
        from: fc.constantFrom(...names),
        on: fc.constantFrom('take', 'jump'),
        to: fc.constantFrom(...names, 'extra'),
      }),
      { maxLength: 2 },
    ),
    extra: fc.constantFrom(null, open, closed),
  });
  fc.assert(
    fc.property(changes, ({ removed, added, extra }) => {
      const table: Lifecycle<string> = {
        ...sound,
        states: extra === null ? sound.states : { ...sound.states, extra },
        transitions: [
          ...sound.transitions.filter((each) => !removed.includes(each)),
          ...added.map(({ from, on, to }) => step(from, on, to)),
        ],
      };
      expect(checkLifecycle(table).length === 0).toBe(walksSoundly(table));
    }),
    { numRuns: 1000 },
  );
});

/** The oracle: walks by `eventsFrom` and `transition` alone, from every state. */
function walksSoundly(table: Lifecycle<string>): boolean {
  const names = statesOf(table);
  const reached = (from: string): Set<string> => {
    const seen = new Set([from]);
    for (const state of seen) {
      for (const on of eventsFrom(table, state)) seen.add(transition(table, state, on) ?? 'nowhere');
    }
    return seen;
  };
  const steps = table.transitions.map((each) => `${each.from} ${each.on}`);
  return (
    table.transitions.every((each) => names.includes(each.from) && names.includes(each.to)) &&
    new Set(steps).size === steps.length &&
    names.every((state) => !isTerminal(table, state) || eventsFrom(table, state).length === 0) &&
    names.every((state) => reached(table.initial).has(state)) &&
    names.every((state) => [...reached(state)].some((end) => names.includes(end) && isTerminal(table, end)))
  );
}
