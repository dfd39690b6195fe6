import { currentCalendar } from '../../cases/calendars.ts';
import { type Heartbeat, SILENT_AFTER_MS } from '../../cases/heartbeats.ts';
import { localDay } from '../../domain/calendar.ts';
import {
  judgeCalendars,
  judgeDisk,
  judgeKeys,
  judgePostgres,
  judgeProcesses,
  judgeRelay,
  judgeSealer,
  judgeTemporal,
  judgeWorkers,
  type Verdict,
  worst,
} from '../../domain/health.ts';
import type { HealthView } from '../contract/health.ts';
import type { ApiDeps } from '../deps.ts';
import type { Engine } from '../executions.ts';
import { timeOf } from './days.ts';

type Part = HealthView['parts'][number];

const part = (name: Part['part'], verdict: Verdict, figures: Part['figures'] = {}): Part => ({
  part: name,
  ...verdict,
  figures,
});

/** How every part stands now. Temporal away or a worker down is a verdict like any other, and keeps nothing from being judged. */
export async function health(deps: ApiDeps): Promise<HealthView> {
  const [{ rows: beats }, relay, sealer, postgres, engine, lastYear] = await Promise.all([
    deps.pool.query<Heartbeat & { ageMs: number }>(
      `SELECT id, kind, pid, host, version, started_at AS "startedAt", seen_at AS "seenAt", detail,
         (extract(epoch FROM clock_timestamp() - seen_at) * 1000)::int AS "ageMs" FROM heartbeats ORDER BY kind, host, started_at`,
    ),
    outbox(deps),
    sealing(deps),
    database(deps),
    deps.executions.engine().catch(() => null),
    lastCalendarYear(deps),
  ]);
  const processes = beats.map((beat) => ({ ...beat, silent: beat.ageMs > SILENT_AFTER_MS }));
  const parts = [
    part('api', judgeProcesses(countsOf(processes, 'api')), countsOf(processes, 'api')),
    workers(processes, engine),
    part('relay', judgeRelay(relay), relay),
    part('sealer', judgeSealer(sealer), sealer),
    part('postgres', judgePostgres(postgres), postgres),
    part('temporal', judgeTemporal(engine), engine ? enginesFigures(engine) : {}),
    disk(processes),
    part(
      'keys',
      judgeKeys(processes.every((each) => each.silent || each.detail.keysReadable) && (await keysReadable(deps))),
    ),
    part('calendars', judgeCalendars({ lastYear, day: localDay(Date.now()) }), { lastYear }),
  ];
  return {
    level: worst(parts.map(({ level }) => level)),
    at: timeOf(new Date()),
    parts,
    processes: processes.map(({ kind, host, pid, version, startedAt, seenAt, silent }) => ({
      kind,
      host,
      pid,
      version,
      startedAt: timeOf(startedAt),
      seenAt: timeOf(seenAt),
      silent,
    })),
    pollers: engine && [...engine.pollers],
  };
}

type Beats = readonly (Heartbeat & { readonly silent: boolean })[];

function countsOf(processes: Beats, kind: Heartbeat['kind']): { live: number; silent: number; versions: number } {
  const own = processes.filter((each) => each.kind === kind);
  const live = own.filter((each) => !each.silent);
  return {
    live: live.length,
    silent: own.length - live.length,
    versions: new Set(live.map((each) => each.version)).size,
  };
}

function workers(processes: Beats, engine: Engine | null): Part {
  const counts = countsOf(processes, 'worker');
  const pollers = engine?.pollers.length ?? null;
  return part('worker', judgeWorkers(judgeProcesses(counts), pollers), { ...counts, pollers });
}

function enginesFigures({ version, retentionDays, backlog, backlogSeconds }: Engine): Part['figures'] {
  return { version, retentionDays, backlog, backlogSeconds };
}

function disk(processes: Beats): Part {
  const disks = processes.flatMap(({ silent, detail: { diskFree, diskTotal } }) =>
    silent || diskFree === null || diskTotal === null ? [] : [{ free: diskFree, total: diskTotal }],
  );
  const least = disks.toSorted((a, b) => a.free - b.free)[0] ?? null;
  return part('disk', judgeDisk(least), { free: least?.free ?? null, total: least?.total ?? null });
}

async function keysReadable({ keys }: ApiDeps): Promise<boolean> {
  return keys.getOrCreate('temporal').then(
    () => true,
    () => false,
  );
}

async function outbox({ pool }: ApiDeps): Promise<{ depth: number; oldestSeconds: number }> {
  const { rows } = await pool.query<{ depth: number; oldestSeconds: number }>(
    `SELECT count(*)::int AS depth, coalesce(max(extract(epoch FROM now() - f.at)), 0)::int AS "oldestSeconds"
     FROM outbox o LEFT JOIN facts f ON f.case_id = o.case_id AND f.seq = o.seq`,
  );
  return rows[0] ?? { depth: 0, oldestSeconds: 0 };
}

async function sealing({
  pool,
}: ApiDeps): Promise<{ unsealed: number; oldestSeconds: number; lastSealAt: string | null }> {
  const { rows } = await pool.query<{ unsealed: number; oldestSeconds: number; lastSealAt: Date | null }>(
    `WITH heads AS (
       SELECT g.stream, (SELECT c.seq FROM cases c WHERE c.id = split_part(g.stream, ':', 2)) AS seq FROM (SELECT DISTINCT stream FROM grown_streams) g
       UNION ALL SELECT s.stream, s.seq FROM audit_streams s),
     tails AS (SELECT * FROM (SELECT h.stream, h.seq, coalesce((SELECT d.seq FROM sealed_streams d WHERE d.stream = h.stream), 0) AS sealed FROM heads h) t
       WHERE t.seq > t.sealed)
     SELECT coalesce(sum(t.seq - t.sealed), 0)::int AS unsealed, coalesce(max(extract(epoch FROM now() - t.since)), 0)::int AS "oldestSeconds",
       (SELECT max(at) FROM audit_seals) AS "lastSealAt"
     FROM (SELECT t.*, (SELECT e.at FROM audit_entries e WHERE e.stream = t.stream AND e.seq = t.sealed + 1) AS since FROM tails t) t`,
  );
  const [row] = rows;
  return {
    unsealed: row?.unsealed ?? 0,
    oldestSeconds: row?.oldestSeconds ?? 0,
    lastSealAt: row?.lastSealAt ? timeOf(row.lastSealAt) : null,
  };
}

async function database({ pool }: ApiDeps) {
  const asked = Date.now();
  const { rows } = await pool.query<{
    connections: number;
    limit: number;
    now: Date;
    version: string;
    bytes: string;
  }>(
    `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
       current_setting('max_connections')::int AS limit, clock_timestamp() AS now, current_setting('server_version') AS version,
       pg_database_size(current_database())::text AS bytes`,
  );
  const [row] = rows;
  // The answer was under way for as long as the question: half the round trip.
  const here = (asked + Date.now()) / 2;
  return {
    connections: row?.connections ?? 0,
    limit: row?.limit ?? 0,
    clockSkewMs: Math.round((row?.now.getTime() ?? here) - here),
    version: row?.version ?? '',
    bytes: Number(row?.bytes ?? 0),
  };
}

/** The last year whose holidays are published. */
async function lastCalendarYear({ pool }: ApiDeps): Promise<number | null> {
  const client = await pool.connect();
  try {
    const { years } = await currentCalendar(client);
    const published = Object.entries(years).filter(([, year]) => !year.provisional);
    return published.length === 0 ? null : Math.max(...published.map(([year]) => Number(year)));
  } finally {
    client.release();
  }
}
