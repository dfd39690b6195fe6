/**
 * Waits until this process should end: somebody asked (SIGTERM, SIGINT), or the launcher that started it is gone (its
 * channel closed, also by SIGKILL). Call it once, when everything is up; then stop in order.
 * Returns which of them it was.
 */
export async function stopRequested(): Promise<'SIGTERM' | 'SIGINT' | 'launcherGone'> {
  const reason = await new Promise<'SIGTERM' | 'SIGINT' | 'launcherGone'>((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
    if (process.send === undefined) return;
    if (!process.connected) resolve('launcherGone');
    process.once('disconnect', () => resolve('launcherGone'));
  });
  // Listening for the launcher's end would keep this process alive.
  process.channel?.unref();
  return reason;
}
