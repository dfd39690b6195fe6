import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { SILENT_AFTER_MS } from '../../cases/heartbeats.ts';
import { lastCalendarYear, outboxStanding, sealingStanding } from '../../cases/standing.ts';
import { LAST_BACKUP } from '../../cases/standingMetrics.ts';
import { factPlace } from '../../cases/transaction.ts';
import { localDay } from '../../domain/calendar.ts';
import { judgeRelay, judgeSealer } from '../../domain/health.ts';
import { openJson } from '../../platform/cipher.ts';
import { type KeyStore, KeyStoreError } from '../../platform/keyStore.ts';
import { error, type Finding, ok, warning } from './finding.ts';

const SAMPLE = 20;
const BACKUP_HOURS = 26;

/** Opens the newest encrypted value of the newest cases. */
export async function sample(pool: Pool, keys: KeyStore | null, keyDir: string): Promise<Finding[]> {
  if (keys === null) {
    const { rows } = await pool.query<{ cases: number }>('SELECT count(*)::int AS cases FROM cases');
    const cases = rows[0]?.cases ?? 0;
    return cases === 0 ? [] : [error('keysMissing', { cases, folder: keyDir })];
  }
  const { rows } = await pool.query<{ id: string; seq: number; secret: Buffer }>(
    `SELECT c.id, f.seq, f.secret FROM (SELECT id FROM cases ORDER BY opened_at DESC LIMIT ${SAMPLE}) c,
       LATERAL (SELECT seq, secret FROM facts WHERE case_id = c.id AND secret IS NOT NULL ORDER BY seq DESC LIMIT 1) f`,
  );
  for (const { id, seq, secret } of rows) {
    try {
      openJson(await keys.get(`case:${id}`), secret, factPlace(id, seq));
    } catch (cause) {
      // An erased draft is meant to open no more.
      if (cause instanceof KeyStoreError && cause.code === 'keyDestroyed') continue;
      return [error('sampleBroken', { case: id })];
    }
  }
  return rows.length === 0 ? [] : [ok('sample', { count: rows.length })];
}

export async function processes(pool: Pool): Promise<Finding[]> {
  const { rows } = await pool.query<{ kind: string; live: number; silent: number }>(
    `SELECT k.kind, count(h.id) FILTER (WHERE h.seen_at > clock_timestamp() - make_interval(secs => $1))::int AS live,
       count(h.id) FILTER (WHERE h.seen_at <= clock_timestamp() - make_interval(secs => $1))::int AS silent
     FROM (VALUES ('api'), ('worker')) k (kind) LEFT JOIN heartbeats h ON h.kind = k.kind GROUP BY k.kind ORDER BY k.kind`,
    [SILENT_AFTER_MS / 1000],
  );
  return rows.flatMap(({ kind, live, silent }) => [
    live > 0 ? ok('processes', { kind, live }) : error('processesNone', { kind }),
    ...(silent > 0 && live > 0 ? [warning('processesSilent', { kind, count: silent })] : []),
  ]);
}

export async function backlog(pool: Pool): Promise<Finding[]> {
  const [outbox, sealing] = await Promise.all([outboxStanding(pool), sealingStanding(pool)]);
  const relay = judgeRelay(outbox).level;
  const sealer = judgeSealer(sealing).level;
  const waits = { depth: outbox.depth, seconds: outbox.oldestSeconds };
  const unsealed = { count: sealing.unsealed, seconds: sealing.oldestSeconds };
  const say = { green: ok, amber: warning, red: error };
  return [
    relay === 'green' ? ok('relay', waits) : say[relay]('relayBehind', waits),
    sealer === 'green' ? ok('sealer', unsealed) : say[sealer]('sealerBehind', unsealed),
  ];
}

/** This year's holidays are wanted at once, the next one's from November on, when they are published. */
export async function calendars(pool: Pool, now: Date): Promise<Finding[]> {
  const day = localDay(now.getTime());
  const year = Number(day.slice(0, 4));
  const last = (await lastCalendarYear(pool)) ?? 0;
  if (last < year) return [error('calendarMissing', { year })];
  return [
    ok('calendars', { year: last }),
    ...(last === year && day.slice(5) >= '11-01' ? [warning('calendarMissing', { year: year + 1 })] : []),
  ];
}

export async function backup(dataDir: string, now: Date): Promise<Finding[]> {
  const at = (await readFile(join(dataDir, LAST_BACKUP), 'utf8').catch(() => '')).trim();
  const hours = (now.getTime() - Date.parse(at)) / 3_600_000;
  return [hours < BACKUP_HOURS ? ok('backup', { at }) : warning('backupOld', { at })];
}
