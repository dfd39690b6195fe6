import { type Heartbeat, SILENT_AFTER_MS } from '../../cases/heartbeats.ts';
import { databaseStanding, lastCalendarYear, outboxStanding, sealingStanding } from '../../cases/standing.ts';
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
    outboxStanding(deps.pool),
    sealingStanding(deps.pool),
    databaseStanding(deps.pool),
    deps.executions.engine().catch(() => null),
    lastCalendarYear(deps.pool),
  ]);
  const processes = beats.map((beat) => ({ ...beat, silent: beat.ageMs > SILENT_AFTER_MS }));
  const parts = [
    part('api', judgeProcesses(countsOf(processes, 'api')), countsOf(processes, 'api')),
    workers(processes, engine),
    part('relay', judgeRelay(relay), relay),
    part('sealer', judgeSealer(sealer), { ...sealer, lastSealAt: sealer.lastSealAt && timeOf(sealer.lastSealAt) }),
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
