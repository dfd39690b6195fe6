import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../system/random.ts';

const LOOKS_EVERY_MS = 20;

/** Does each thing at a moment of its own, drawn by lot among the acts that there will be; sooner where the work is over before its moment comes. */
export async function amongActs<Thing>(
  things: readonly Thing[],
  { acts, done }: { readonly acts: number; readonly done: Promise<unknown> },
  { chance, taken }: { readonly chance: Chance; readonly taken: () => number },
  act: (thing: Thing) => Promise<void>,
): Promise<void> {
  const from = taken();
  let isOver = false;
  void done.finally(() => {
    isOver = true;
  });
  const moments = things.map(() => chance.between(0, acts - 1)).sort((one, other) => one - other);
  for (const [index, thing] of things.entries()) {
    while (!isOver && taken() - from < (moments[index] ?? 0)) await pause(LOOKS_EVERY_MS);
    await act(thing);
  }
}
