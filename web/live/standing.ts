import { useSyncExternalStore } from 'react';

/** Whether what others do is told at once. `starting` until the first stream stands or fails. */
export type Standing = 'starting' | 'connected' | 'lost';

let standing: Standing = 'starting';
const watchers = new Set<() => void>();

export function setStanding(next: Standing): void {
  if (next === standing) return;
  standing = next;
  for (const watcher of watchers) watcher();
}

export const isConnected = (): boolean => standing === 'connected';

export const useStanding = (): Standing =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => standing,
  );
