import type { CaseDeps } from '../cases/deps.ts';
import { SILENT_AFTER_MS } from '../cases/heartbeats.ts';
import { startRounds } from '../platform/rounds.ts';

const EVERY_MS = 3_000;

/**
 * Watches whether the changes that this release made to the workflows, behind `patched()`, may be taken: not while a worker of an older
 * release still runs, to which a case that took one would make no sense. Until then every case goes the way of the older release, on
 * workers of both. Resolves after a first look.
 */
export async function watchPatches(
  { pool, log }: Pick<CaseDeps, 'pool' | 'log'>,
  version: string,
): Promise<{ mayTake(): boolean; stop(): Promise<void> }> {
  let isAlone = false;

  async function look(): Promise<boolean> {
    const { rows } = await pool.query<{ version: string }>(
      `SELECT DISTINCT version FROM heartbeats WHERE kind = 'worker' AND seen_at > now() - make_interval(secs => $1)`,
      [SILENT_AFTER_MS / 1000],
    );
    isAlone = !rows.some((row) => isOlder(row.version, version));
    return false;
  }

  // Where the database is away, the rounds find out.
  await look().catch(() => {});
  const rounds = startRounds({
    everyMs: EVERY_MS,
    round: look,
    onError: (error) => log.warn('the releases of the workers are not known', {}, error),
  });
  return { mayTake: () => isAlone, stop: () => rounds.stop() };
}

/** Whether a release came before another: by the numbers of their versions, as in 1.4.0. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split(/\D+/).map(Number)) as [number[], number[]];
  const at = right.findIndex((number, index) => number !== (left[index] ?? 0));
  return at >= 0 && (left[at] ?? 0) < (right[at] as number);
}
