import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { refuseWrongLocale } from './databaseLocale.ts';

/**
 * One folder a migration, in the order of their names, each with a `migration.sql` and a `down.sql` that leads back. The first line of
 * the latter says what is lost by it, or why there is no way back.
 */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

export type Migration = {
  name: string;
  sql: string;
  checksum: string;
  /** What leads back; null where nothing does. */
  down: string | null;
};

const IRREVERSIBLE = /^-- Irreversible: /;

// The number Prisma locks with too: whichever tool comes second waits.
const MIGRATION_LOCK = 72_707_369;

const CREATE_RECORD = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * Applies the migrations a database does not have yet, recorded in `_prisma_migrations` as `prisma migrate deploy` records
 * them, so that either tool can go on. Each is one transaction with its record: one that fails leaves nothing behind.
 * Returns the names of what was applied. `upTo` leaves out all but the first so many.
 * Errors: a migration fails, an applied one was edited or is missing here, or the database's locale cannot read Chinese.
 */
export async function applyMigrations(
  databaseUrl: string,
  folder = MIGRATIONS_FOLDER,
  upTo?: number,
): Promise<string[]> {
  await refuseWrongLocale(databaseUrl);
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(CREATE_RECORD);
    const missing = migrations.slice(await countApplied(client, migrations), upTo);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/**
 * Takes back what was applied after the migration `last`, the newest first, and keeps a record of it as of a migration rolled back.
 * Each is one transaction. Returns the names of what was taken back.
 * Errors: the database does not have `last`, one of those after it is irreversible (then nothing is done), or one fails.
 */
export async function revertMigrations(
  databaseUrl: string,
  last: string,
  folder = MIGRATIONS_FOLDER,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = migrations.slice(0, await countApplied(client, migrations));
    const place = applied.findIndex(({ name }) => name === last);
    if (place < 0) throw new Error(`The database does not have the migration ${last}.`);
    const newestFirst = applied.slice(place + 1).reverse();
    const stuck = newestFirst.find(({ down }) => down === null);
    if (stuck) throw new Error(`Migration ${stuck.name} cannot be taken back; its down.sql says why.`);
    for (const migration of newestFirst) await revert(client, migration);
    return newestFirst.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** The migrations of a folder, in order; none when there is no folder. */
export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      const down = await readFile(join(folder, name, 'down.sql'), 'utf8').catch(() => null);
      return {
        name,
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
        down: down === null || IRREVERSIBLE.test(down) ? null : down,
      };
    }),
  );
}

/** How many of the migrations the database has; they must be the first ones, unchanged and finished. */
async function countApplied(client: pg.Client, migrations: readonly Migration[]): Promise<number> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  for (const [index, row] of rows.entries()) {
    const expected = migrations[index];
    if (!row.finished)
      throw new Error(`Migration ${row.name} was begun by another tool and did not finish: repair it.`);
    if (expected?.name !== row.name) {
      throw new Error(`The database has migration ${row.name}, which this version does not: start a newer version.`);
    }
    if (expected.checksum !== row.checksum) {
      throw new Error(
        `Migration ${row.name} was edited after it had been applied: restore it, and add another instead.`,
      );
    }
  }
  return rows.length;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await inOneTransaction(client, migration.name, 'failed', async () => {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
  });
}

async function revert(client: pg.Client, { name, down }: Migration): Promise<void> {
  await inOneTransaction(client, name, 'could not be taken back', async () => {
    await client.query(down ?? '');
    await client.query(
      'UPDATE _prisma_migrations SET rolled_back_at = clock_timestamp() WHERE migration_name = $1 AND rolled_back_at IS NULL',
      [name],
    );
  });
}

async function inOneTransaction(
  client: pg.Client,
  name: string,
  wrong: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await client.query('BEGIN');
    await work();
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} ${wrong}: ${(cause as Error).message}`, { cause });
  }
}
