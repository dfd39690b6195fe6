/**
 * How the parts of the system stand, judged from figures. Pure. What each verdict means for people, and what to do about it, is
 * worded in the console under `health.<part>.<code>`. The lines between the levels are assumptions 系统默认.
 */
export type HealthLevel = 'green' | 'amber' | 'red';
export type Verdict = { readonly level: HealthLevel; readonly code: string };

const fine: Verdict = { level: 'green', code: 'fine' };
const amber = (code: string): Verdict => ({ level: 'amber', code });
const red = (code: string): Verdict => ({ level: 'red', code });

/** Processes of one kind: how many are heard of, and how many fell silent without saying that they stopped. */
export function judgeProcesses({
  live,
  silent,
  versions,
}: {
  live: number;
  silent: number;
  versions: number;
}): Verdict {
  if (live === 0) return red('none');
  if (silent > 0) return amber('silent');
  return versions > 1 ? amber('mixed') : fine;
}

/** The worker is there for Temporal only when it polls; `pollers` is null where Temporal could not be asked. */
export function judgeWorkers(processes: Verdict, pollers: number | null): Verdict {
  if (processes.level === 'red') return processes;
  return pollers === 0 ? red('noPoller') : processes;
}

/** Doorbells in the outbox and the seconds the oldest has waited. */
export function judgeRelay({ depth, oldestSeconds }: { depth: number; oldestSeconds: number }): Verdict {
  if (depth === 0 || oldestSeconds < 60) return fine;
  return oldestSeconds < 600 ? amber('waiting') : red('waiting');
}

/** Audit entries no seal covers yet and the seconds the oldest has waited; sealing takes a few seconds at most. */
export function judgeSealer({ unsealed, oldestSeconds }: { unsealed: number; oldestSeconds: number }): Verdict {
  if (unsealed === 0 || oldestSeconds < 60) return fine;
  return oldestSeconds < 600 ? amber('behind') : red('behind');
}

/** The database's connections against its limit, and how far its clock is from the API's, in milliseconds. */
export function judgePostgres({
  connections,
  limit,
  clockSkewMs,
}: {
  connections: number;
  limit: number;
  clockSkewMs: number;
}): Verdict {
  if (Math.abs(clockSkewMs) > 60_000) return red('clock');
  if (connections >= limit * 0.95) return red('connections');
  if (Math.abs(clockSkewMs) > 2_000) return amber('clock');
  return connections >= limit * 0.8 ? amber('connections') : fine;
}

/** null where Temporal did not answer; `backlog` are the tasks that wait for a worker. */
export function judgeTemporal(
  temporal: { readonly backlog: number; readonly backlogSeconds: number; readonly retentionDays: number } | null,
): Verdict {
  if (!temporal) return red('away');
  if (temporal.backlogSeconds >= 600) return red('backlog');
  if (temporal.backlogSeconds >= 60) return amber('backlog');
  return temporal.retentionDays < 1 ? amber('retention') : fine;
}

const GIGABYTE = 1024 ** 3;

/** The least free space of the processes' disks, in bytes; null where none could tell. */
export function judgeDisk(disk: { readonly free: number; readonly total: number } | null): Verdict {
  if (!disk) return amber('unknown');
  if (disk.free < GIGABYTE || disk.free < disk.total * 0.03) return red('full');
  return disk.free < 5 * GIGABYTE || disk.free < disk.total * 0.1 ? amber('full') : fine;
}

export const judgeKeys = (readable: boolean): Verdict => (readable ? fine : red('unreadable'));

/** `day` is today, YYYY-MM-DD: next year's calendar is published in November, and wanted from then on. */
export function judgeCalendars({ lastYear, day }: { lastYear: number | null; day: string }): Verdict {
  const year = Number(day.slice(0, 4));
  if (lastYear === null || lastYear < year) return red('year');
  return lastYear === year && day.slice(5) >= '11-01' ? amber('next') : fine;
}

export const worst = (levels: readonly HealthLevel[]): HealthLevel =>
  levels.includes('red') ? 'red' : levels.includes('amber') ? 'amber' : 'green';
