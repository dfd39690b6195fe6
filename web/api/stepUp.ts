import { useSyncExternalStore } from 'react';

/** An act that was refused until its person proves anew who he is, waiting for the dialog that asks him. */
type Waiting = { readonly promise: Promise<boolean>; readonly settle: (proven: boolean) => void };

let waiting: Waiting | null = null;
const listeners = new Set<() => void>();
const tell = (next: Waiting | null): void => {
  waiting = next;
  for (const listener of listeners) listener();
};

/** Asks the person, once for all acts that wait for it. @returns whether he has proved who he is */
export function proveAgain(): Promise<boolean> {
  if (waiting) return waiting.promise;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  tell({
    promise,
    settle: (proven) => {
      tell(null);
      resolve(proven);
    },
  });
  return promise;
}

/** How to answer what waits; null while nothing does. */
export const useStepUp = (): Waiting['settle'] | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting?.settle ?? null,
  );

/** What a window that came back from a provider says to the one that sent it there. */
export const PROVEN = 'proven';
