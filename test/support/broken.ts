import type { Pool, PoolClient } from 'pg';
import { expect } from 'vitest';

/**
 * What `look` finds while the database is as nobody may make it, past its triggers. Nothing of the change is kept.
 * @param change one statement, with its values; it must change something
 */
export async function whileBroken<T>(
  pool: Pool,
  change: readonly [sql: string, ...values: unknown[]],
  look: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const [sql, ...values] = change;
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    expect((await client.query(sql, values)).rowCount, sql).toBeGreaterThan(0);
    return await look(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}
