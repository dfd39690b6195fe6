import { allocation } from '../domain/allocation.ts';
import { breach } from '../domain/breach.ts';
import { coHolder } from '../domain/coHolder.ts';
import { exit } from '../domain/exit.ts';
import type { Lifecycle, Transition } from '../domain/lifecycle.ts';
import { membership } from '../domain/membership.ts';
import { publication } from '../domain/publication.ts';
import { reassignment } from '../domain/reassignment.ts';
import { type RecommendationState, recommendation, stateKey } from '../domain/recommendation.ts';
import { relisting } from '../domain/relisting.ts';
import { review } from '../domain/review.ts';
import { suggestion } from '../domain/suggestion.ts';

/** The processes the console knows, by name. A new process adds its lifecycle table here. */
export const lifecycles: Readonly<Record<string, Lifecycle<string>>> = {
  recommendation: recommendation as Lifecycle<string>,
  reassignment: reassignment as Lifecycle<string>,
  membership: membership as Lifecycle<string>,
  breach: breach as Lifecycle<string>,
  coHolder: coHolder as Lifecycle<string>,
  allocation: allocation as Lifecycle<string>,
  suggestion: suggestion as Lifecycle<string>,
  exit: exit as Lifecycle<string>,
  relisting: relisting as Lifecycle<string>,
  review: review as Lifecycle<string>,
  publication: publication as Lifecycle<string>,
};

/** The table of a process; undefined for one the console does not know. */
export const lifecycleOf = (process: string): Lifecycle<string> | undefined => lifecycles[process];

/** The names of the processes. */
export const processes: readonly string[] = Object.keys(lifecycles);

/** What can happen next from a state, in the order of the process's table; nothing for a process the console does not know. */
export function leadsFrom(process: string, state: string): readonly Transition<string>[] {
  return lifecycles[process]?.transitions.filter(({ from }) => from === state) ?? [];
}

/** The states a case of a process can be in while it goes on, in the order of its table. */
export const openStates = (process: string): readonly string[] => statesThat(process, false);
/** Those it can end in. */
export const endedStates = (process: string): readonly string[] => statesThat(process, true);

const statesThat = (process: string, terminal: boolean): readonly string[] =>
  Object.entries(lifecycles[process]?.states ?? {}).flatMap(([state, spec]) =>
    spec.terminal === terminal ? [state] : [],
  );

/** The dictionary keys of a process's states, to choose from. */
export function statesToChoose(process: string): readonly { readonly state: string; readonly key: string }[] {
  return Object.keys(lifecycles[process]?.states ?? {}).map((state) => ({
    state,
    key: stateWord(process, state, 'company'),
  }));
}

/** The dictionary key of a state's name; approving is 审定 at company level and 批准 at branch level (Article 4.6). */
export function stateWord(process: string, state: string, grade: 'company' | 'branch' | null): string {
  if (process === 'recommendation' && state in recommendation.states) {
    return stateKey(state as RecommendationState, grade ?? 'company');
  }
  return lifecycles[process]?.states[state]?.zhKey ?? state;
}
