import { onDatabase } from '../../platform/database.ts';

/**
 * Puts a clock that can be moved into a test's database, so that what people do keeps step with workflows whose time jumps.
 * `now()` and `clock_timestamp()` in SQL find these functions before PostgreSQL's own. Call it before anybody else connects.
 */
export async function movableClock(databaseUrl: string): Promise<(aheadMs: number) => Promise<void>> {
  await onDatabase(databaseUrl, async (client) => {
    await client.query(`
      CREATE SCHEMA clock;
      CREATE TABLE clock.moved (ahead interval NOT NULL);
      INSERT INTO clock.moved VALUES ('0');
      CREATE FUNCTION clock.now() RETURNS timestamptz STABLE LANGUAGE sql AS 'SELECT pg_catalog.now() + ahead FROM clock.moved';
      CREATE FUNCTION clock.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql
        AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM clock.moved';`);
    const name = new URL(databaseUrl).pathname.slice(1);
    await client.query(`ALTER DATABASE ${client.escapeIdentifier(name)} SET search_path = clock, pg_catalog, public`);
  });
  return (aheadMs) =>
    onDatabase(databaseUrl, async (client) => {
      await client.query(`UPDATE clock.moved SET ahead = make_interval(secs => $1)`, [aheadMs / 1000]);
    });
}
