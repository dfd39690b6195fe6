/**
 * Waits until this process should end: somebody asked (SIGTERM, SIGINT), or the launcher that started it is gone (its
 * channel closed, also by SIGKILL). Call it once, when everything is up; then stop in order.
 * Returns which of them it was.
 */
export function stopRequested(): Promise<'SIGTERM' | 'SIGINT' | 'launcherGone'> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
    if (process.send === undefined) return;
    if (!process.connected) resolve('launcherGone');
    process.once('disconnect', () => resolve('launcherGone'));
  });
}
