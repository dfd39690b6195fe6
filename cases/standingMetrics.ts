import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';
import { inTime, PREFIX } from '../platform/metrics.ts';
import { type HeartbeatDetail, SILENT_AFTER_MS } from './heartbeats.ts';
import { databaseStanding, lastCalendarYear, outboxStanding, sealingStanding } from './standing.ts';

/** However often it is asked, the database is asked no more often than this. */
const FRESH_MS = 5_000;
/** Written by `npm run backup` when a copy is whole. */
export const LAST_BACKUP = 'last-backup';

type Standing = Awaited<ReturnType<typeof readStanding>>;

/**
 * Gauges of what is stored, the same from every process that shows them: take their maximum. While the database is away they are
 * missing, and `approvals_database_up` is 0.
 */
export function showStanding(
  metrics: Registry,
  { pool, dataDir }: { readonly pool: Pool; readonly dataDir: string },
): void {
  let latest: { readonly standing: Promise<Standing | null>; readonly at: number } | null = null;
  // A database that does not answer is not asked again before it did: scrapes would take one connection after the other.
  let asked: Promise<Standing> | null = null;
  const ask = (): Promise<Standing> => {
    const reading = readStanding(pool, dataDir).finally(() => {
      asked = null;
    });
    asked = reading;
    return reading;
  };
  const standing = (): Promise<Standing | null> => {
    if (!latest || performance.now() - latest.at > FRESH_MS)
      latest = { at: performance.now(), standing: inTime(asked ?? ask()) };
    return latest.standing;
  };
  const gauge = (name: string, help: string, figureOf: (standing: Standing) => number | null) =>
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      registers: [metrics],
      async collect() {
        const now = await standing();
        const value = now && figureOf(now);
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  const labelled = (
    name: string,
    help: string,
    labelNames: readonly string[],
    rowsOf: (standing: Standing) => readonly (Readonly<Record<string, string | number>> & { readonly count: number })[],
  ) =>
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      labelNames: [...labelNames],
      registers: [metrics],
      async collect() {
        this.reset();
        const now = await standing();
        for (const row of now ? rowsOf(now) : [])
          this.set(Object.fromEntries(labelNames.map((label) => [label, String(row[label])])), row.count);
      },
    });

  new Gauge({
    name: `${PREFIX}database_up`,
    help: 'Whether the database answers',
    registers: [metrics],
    async collect() {
      this.set((await standing()) ? 1 : 0);
    },
  });
  gauge('outbox_doorbells', 'Doorbells that wait for Temporal', ({ outbox }) => outbox.depth);
  gauge('outbox_oldest_seconds', 'How long the oldest doorbell has waited', ({ outbox }) => outbox.oldestSeconds);
  gauge('audit_unsealed_entries', 'Audit entries that no seal covers yet', ({ sealing }) => sealing.unsealed);
  gauge(
    'audit_unsealed_oldest_seconds',
    'How long the oldest of them has waited',
    ({ sealing }) => sealing.oldestSeconds,
  );
  gauge('audit_last_seal_timestamp_seconds', 'When was last sealed', ({ sealing }) => secondsOf(sealing.lastSealAt));
  gauge('database_connections', 'Connections to the database, of everybody', ({ database }) => database.connections);
  gauge('database_connections_limit', 'How many connections the database takes', ({ database }) => database.limit);
  gauge(
    'database_clock_skew_seconds',
    'How far its clock is before this one',
    ({ database }) => database.clockSkewMs / 1000,
  );
  gauge('database_size_bytes', 'Size of the database', ({ database }) => database.bytes);
  gauge('calendar_last_year', 'The last year whose holidays are published', ({ calendarYear }) => calendarYear);
  gauge('tasks_overdue', 'Open tasks past their due time', ({ overdue }) => overdue);
  gauge('last_backup_timestamp_seconds', 'When the last backup by command was whole', ({ lastBackup }) =>
    secondsOf(lastBackup),
  );
  gauge('disk_free_bytes', 'Free space of the fullest data folder', ({ disk }) => disk?.free ?? null);
  gauge('disk_total_bytes', 'Size of the disk of the fullest data folder', ({ disk }) => disk?.total ?? null);
  gauge('keys_readable', 'Whether every process can read its key store', ({ keysReadable }) => (keysReadable ? 1 : 0));
  labelled('processes', 'Processes that are heard of', ['kind'], ({ processes }) => processes);
  labelled('cases_open', 'Cases that have not ended', ['process', 'state'], ({ cases }) => cases);
  labelled('tasks_open', 'Tasks that wait for somebody', ['kind'], ({ tasks }) => tasks);
}

const secondsOf = (at: Date | null): number | null => at && at.getTime() / 1000;

async function readStanding(pool: Pool, dataDir: string) {
  const [outbox, sealing, database, calendarYear, beats, cases, tasks, lastBackup] = await Promise.all([
    outboxStanding(pool),
    sealingStanding(pool),
    databaseStanding(pool),
    lastCalendarYear(pool),
    pool.query<{ kind: string; detail: HeartbeatDetail }>(
      'SELECT kind, detail FROM heartbeats WHERE seen_at > clock_timestamp() - make_interval(secs => $1)',
      [SILENT_AFTER_MS / 1000],
    ),
    pool.query<{ process: string; state: string; count: number }>(
      'SELECT process, state, count(*)::int AS count FROM cases WHERE closed_at IS NULL GROUP BY process, state',
    ),
    pool.query<{ kind: string; count: number; overdue: number }>(
      `SELECT kind, count(*)::int AS count, count(*) FILTER (WHERE due_at < now())::int AS overdue FROM tasks WHERE status = 'open' GROUP BY kind`,
    ),
    stat(join(dataDir, LAST_BACKUP)).then(
      ({ mtime }) => mtime,
      () => null,
    ),
  ]);
  const disks = beats.rows.flatMap(({ detail: { diskFree, diskTotal } }) =>
    diskFree === null || diskTotal === null ? [] : [{ free: diskFree, total: diskTotal }],
  );
  return {
    outbox,
    sealing,
    database,
    calendarYear,
    lastBackup,
    processes: (['api', 'worker'] as const).map((kind) => ({
      kind,
      count: beats.rows.filter((beat) => beat.kind === kind).length,
    })),
    keysReadable: beats.rows.every(({ detail }) => detail.keysReadable),
    disk: disks.toSorted((a, b) => a.free - b.free)[0] ?? null,
    cases: cases.rows,
    tasks: tasks.rows,
    overdue: tasks.rows.reduce((sum, { overdue }) => sum + overdue, 0),
  };
}
