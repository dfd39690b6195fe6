import { type Lifecycle, straightWay } from '../../domain/lifecycle.ts';
import type { PlaceView } from '../contract/cases.ts';

/** When a case entered each state it has been in, the last time where it came back. */
export type Visits = ReadonlyMap<string, Date>;

/**
 * The lifecycle as a picture: the states behind, the present one, those still ahead, and those aside (detours and other
 * endings). Ahead are the states that follow in the table up to its first ending.
 */
export function lifecyclePath(
  lifecycle: Lifecycle<string>,
  present: string,
  visits: Visits,
  stateKey: (state: string) => string,
): PlaceView[] {
  const states = Object.keys(lifecycle.states);
  const way = straightWay(lifecycle);
  const ended = lifecycle.states[present]?.terminal ?? false;
  const placeOf = (state: string): PlaceView['is'] => {
    if (state === present) return 'present';
    if (visits.has(state)) return 'past';
    if (ended || !way.includes(state)) return 'aside';
    return states.indexOf(state) > states.indexOf(present) ? 'ahead' : 'aside';
  };
  return states.map((state) => ({
    state,
    stateKey: stateKey(state),
    article: (lifecycle.states[state]?.article ?? '').replace(/^(Article|assumption) /, ''),
    terminal: lifecycle.states[state]?.terminal ?? false,
    is: placeOf(state),
    enteredAt: visits.get(state)?.toISOString() ?? null,
  }));
}
