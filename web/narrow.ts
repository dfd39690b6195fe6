import { useSyncExternalStore } from 'react';

/** As narrow as the style sheet's phone, which has the bar instead of the rail. */
const narrow = window.matchMedia('(max-width: 860px)');

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/** Whether the console is shown on a phone. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
