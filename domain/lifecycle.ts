/** A process as a table: its states, and which event leads from one to another. Workflows, API and tests share it. */

export type LifecycleState = {
  readonly terminal: boolean;
  /** Article of the Measures, or `assumption 系统默认`. */
  readonly article: string;
  /** Key of the state's name in the dictionaries of the console. */
  readonly zhKey: string;
};

export type Transition<S extends string> = {
  readonly from: S;
  readonly on: string;
  readonly to: S;
  /** Who or what causes it: a role, `ballot`, `deadline` or `administrators`. */
  readonly by: string;
  readonly article: string;
  /** The case is concluded as it is opened: there is nothing to wait for, and it has no execution. */
  readonly atOnce?: true;
};

export type Lifecycle<S extends string> = {
  readonly process: string;
  readonly initial: S;
  readonly states: Readonly<Record<S, LifecycleState>>;
  readonly transitions: readonly Transition<S>[];
};

const ASSUMPTION = 'assumption 系统默认';

/**
 * The rows every process has besides its own: each of its open states can end withdrawn, by the submitter or his unit's head, or lapsed,
 * by two administrators or, where a ballot found no quorum, by the office.
 */
export function endingsOf<S extends string>(
  states: Lifecycle<S | 'withdrawn' | 'lapsed'>['states'],
): Transition<S | 'withdrawn' | 'lapsed'>[] {
  const open = (Object.keys(states) as S[]).filter((state) => !states[state].terminal);
  return open.flatMap((from) => [
    { from, on: 'withdraw', to: 'withdrawn', by: 'submitter', article: ASSUMPTION },
    { from, on: 'lapse', to: 'lapsed', by: 'administrators', article: ASSUMPTION },
  ]);
}

export type LifecycleProblem = {
  /**
   * `unknownState`: a transition or the initial state names a state the table does not have;
   * `unreachable`: no events lead from the initial state to it;
   * `noWayOut`: not terminal, yet no events lead from it to a terminal state;
   * `leavesTerminal`: an event leads out of a terminal state;
   * `ambiguous`: one event leads from one state in two ways.
   */
  readonly code: 'unknownState' | 'unreachable' | 'noWayOut' | 'leavesTerminal' | 'ambiguous';
  readonly state: string;
  /** The event at fault, where there is one. */
  readonly on?: string;
};

/** The states of a lifecycle, in the order of its table. */
export function statesOf<S extends string>(lifecycle: Lifecycle<S>): S[] {
  return Object.keys(lifecycle.states) as S[];
}

/** The state that `on` leads to from `from`, or null when the event is not allowed there. */
export function transition<S extends string>(lifecycle: Lifecycle<S>, from: S, on: string): S | null {
  return lifecycle.transitions.find((t) => t.from === from && t.on === on)?.to ?? null;
}

/** The events allowed in a state, in the order of the table. */
export function eventsFrom<S extends string>(lifecycle: Lifecycle<S>, from: S): string[] {
  return lifecycle.transitions.filter((t) => t.from === from).map((t) => t.on);
}

/** Whether a state ends the process. */
export function isTerminal<S extends string>(lifecycle: Lifecycle<S>, state: S): boolean {
  return lifecycle.states[state].terminal;
}

/** The states that end the process, in the order of the table. */
export function terminalStates<S extends string>(lifecycle: Lifecycle<S>): S[] {
  return statesOf(lifecycle).filter((state) => isTerminal(lifecycle, state));
}

/**
 * The straight way through a process, in the order of the table: its states but for the detours, up to its first ending. A detour
 * is a state from which every way on leads back.
 */
export function straightWay<S extends string>(lifecycle: Lifecycle<S>): S[] {
  const states = statesOf(lifecycle);
  const [goal] = terminalStates(lifecycle);
  const isDetour = (state: S) =>
    lifecycle.transitions
      .filter(({ from, to }) => from === state && (to === goal || !isTerminal(lifecycle, to)))
      .every(({ to }) => states.indexOf(to) < states.indexOf(state));
  return states.filter((state) => state === goal || !(isTerminal(lifecycle, state) || isDetour(state)));
}

/**
 * What is wrong with a table; an empty list means it is sound: deterministic, every state reachable, every state that
 * is not terminal with a way to a terminal one, and none left once it is terminal.
 */
export function checkLifecycle(lifecycle: Lifecycle<string>): LifecycleProblem[] {
  const problems: LifecycleProblem[] = [];
  const known = new Set(statesOf(lifecycle));
  if (!known.has(lifecycle.initial)) problems.push({ code: 'unknownState', state: lifecycle.initial });

  const seen = new Set<string>();
  for (const { from, on, to } of lifecycle.transitions) {
    for (const state of [from, to]) if (!known.has(state)) problems.push({ code: 'unknownState', state, on });
    if (lifecycle.states[from]?.terminal) problems.push({ code: 'leavesTerminal', state: from, on });
    const step = JSON.stringify([from, on]);
    if (seen.has(step)) problems.push({ code: 'ambiguous', state: from, on });
    seen.add(step);
  }

  const reachable = closure([lifecycle.initial], (state) =>
    lifecycle.transitions.filter((t) => t.from === state).map((t) => t.to),
  );
  const ending = closure(terminalStates(lifecycle), (state) =>
    lifecycle.transitions.filter((t) => t.to === state).map((t) => t.from),
  );
  for (const state of known) {
    if (!reachable.has(state)) problems.push({ code: 'unreachable', state });
    if (!ending.has(state)) problems.push({ code: 'noWayOut', state });
  }
  return problems;
}

function closure(start: readonly string[], next: (state: string) => readonly string[]): Set<string> {
  const found = new Set(start);
  for (const state of found) for (const neighbour of next(state)) found.add(neighbour);
  return found;
}
