import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';

const EVERY_MS = 25;

/** Waits, for so many seconds at most, until the workflow has walked past a fact. @returns whether it has */
export async function waitSettled(pool: Pool, caseId: string, seq: number, seconds: number): Promise<boolean> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const { rows } = await pool.query<{ settled: boolean }>({
      name: 'is-settled',
      text: 'SELECT settled_seq >= $2 OR closed_at IS NOT NULL AS settled FROM cases WHERE id = $1',
      values: [caseId, seq],
    });
    if (rows[0]?.settled) return true;
    if (Date.now() >= until) return false;
    await pause(EVERY_MS);
  }
}
