import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import packageJson from '../package.json' with { type: 'json' };
import { startRounds } from '../platform/rounds.ts';
import type { CaseDeps } from './deps.ts';

/** A process that is not heard of for this long is taken for gone; it is forgotten after a day. */
export const SILENT_AFTER_MS = 45_000;
const EVERY_MS = 10_000;

export type Heartbeat = {
  readonly id: string;
  readonly kind: 'api' | 'worker';
  readonly pid: number;
  readonly host: string;
  readonly version: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly detail: HeartbeatDetail;
};

/** What a process alone can know: the disk it writes to, in bytes, and whether its key store can be read. */
export type HeartbeatDetail = {
  readonly diskFree: number | null;
  readonly diskTotal: number | null;
  readonly keysReadable: boolean;
};

/** Tells the others, by one row of the database renewed every few seconds, that this process is there and how it stands. */
export function startHeartbeat(
  { pool, keys, log }: Pick<CaseDeps, 'pool' | 'keys' | 'log'>,
  { kind, dataDir }: { readonly kind: Heartbeat['kind']; readonly dataDir: string },
): { stop(): Promise<void> } {
  const id = randomUUID();

  async function beat(): Promise<void> {
    const disk = await statfs(dataDir).catch(() => null);
    const detail: HeartbeatDetail = {
      diskFree: disk && disk.bavail * disk.bsize,
      diskTotal: disk && disk.blocks * disk.bsize,
      keysReadable: await keys.getOrCreate('temporal').then(
        () => true,
        () => false,
      ),
    };
    await pool.query(
      `INSERT INTO heartbeats (id, kind, pid, host, version, started_at, seen_at, detail)
       VALUES ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp(), $6)
       ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, detail = excluded.detail`,
      [id, kind, process.pid, hostname(), packageJson.version, JSON.stringify(detail)],
    );
    await pool.query(`DELETE FROM heartbeats WHERE seen_at < now() - interval '1 day'`);
  }

  const rounds = startRounds({
    everyMs: EVERY_MS,
    round: beat,
    onError: (error) => log.warn('heartbeat not written', {}, error),
  });
  return {
    async stop() {
      await rounds.stop();
      await pool.query('DELETE FROM heartbeats WHERE id = $1', [id]).catch(() => {});
    },
  };
}
