import type { Pool } from 'pg';
import { currentCalendar } from './calendars.ts';

/** Doorbells in the outbox, and the seconds the oldest has waited. */
export async function outboxStanding(pool: Pool): Promise<{ depth: number; oldestSeconds: number }> {
  const { rows } = await pool.query<{ depth: number; oldestSeconds: number }>(
    `SELECT count(*)::int AS depth, coalesce(max(extract(epoch FROM now() - f.at)), 0)::int AS "oldestSeconds"
     FROM outbox o LEFT JOIN facts f ON f.case_id = o.case_id AND f.seq = o.seq`,
  );
  return rows[0] ?? { depth: 0, oldestSeconds: 0 };
}

/** Audit entries that no seal covers yet, the seconds the oldest has waited, and when was last sealed. */
export async function sealingStanding(
  pool: Pool,
): Promise<{ unsealed: number; oldestSeconds: number; lastSealAt: Date | null }> {
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
  return rows[0] ?? { unsealed: 0, oldestSeconds: 0, lastSealAt: null };
}

/** The database's connections against its limit, how far its clock is from this machine's in milliseconds, and its size in bytes. */
export async function databaseStanding(
  pool: Pool,
): Promise<{ connections: number; limit: number; clockSkewMs: number; version: string; bytes: number }> {
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

/** The last year whose holidays are published; null for none. */
export async function lastCalendarYear(pool: Pool): Promise<number | null> {
  const { years } = await currentCalendar(pool);
  const published = Object.entries(years).filter(([, year]) => !year.provisional);
  return published.length === 0 ? null : Math.max(...published.map(([year]) => Number(year)));
}
