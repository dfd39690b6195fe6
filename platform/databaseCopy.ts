import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { onDatabase } from './database.ts';
import { applyMigrations, readMigrations } from './migrations.ts';

/** What a copy of the database is made of; the tables lie beside it, `<table>.copy.gz`, in PostgreSQL's own text format of COPY. */
export type DatabaseCopy = {
  /** When its one snapshot was taken, by the database's clock; ISO 8601. */
  readonly at: string;
  readonly serverVersion: string;
  /** The migrations it had, in order. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  /** In an order in which they can be filled: what is referred to comes first. */
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[]; readonly rows: number }[];
  readonly sequences: readonly { readonly name: string; readonly value: string; readonly isCalled: boolean }[];
};

/** Who is signed in or signing in, and which processes run, belongs to the moment: it is not copied. */
const PASSING = ['sessions', 'sign_in_attempts', 'setup_codes', 'heartbeats'];
const RECORD = '_prisma_migrations';

export const tableFile = (folder: string, table: string): string => join(folder, `${table}.copy.gz`);

/** Copies every table into an existing folder, all as of one instant, while others go on writing. */
export async function copyDatabase(databaseUrl: string, folder: string): Promise<DatabaseCopy> {
  return onDatabase(databaseUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows: about } = await client.query<{ at: Date; serverVersion: string }>(
      `SELECT now() AS at, current_setting('server_version') AS "serverVersion"`,
    );
    const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
      `SELECT migration_name AS name, checksum FROM ${RECORD} WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
    );
    const tables: DatabaseCopy['tables'][number][] = [];
    for (const { name, columns } of await tablesInOrder(client)) {
      if (PASSING.includes(name)) continue;
      const lines = lineCounter();
      await pipeline(
        client.query(copyTo(`COPY ${named(client, name, columns)} TO STDOUT`)),
        lines,
        createGzip({ level: 1 }),
        createWriteStream(tableFile(folder, name), { flags: 'wx', mode: 0o600, flush: true }),
      );
      tables.push({ name, columns, rows: lines.count });
    }
    const sequences = await sequencesOf(client);
    await client.query('COMMIT');
    const [{ at, serverVersion }] = about as [(typeof about)[number]];
    return { at: at.toISOString(), serverVersion, migrations, tables, sequences };
  });
}

/**
 * Fills an empty database with a copy, and brings it up to the present migrations. All rows come in one transaction.
 * Errors: the database is not empty; the copy has migrations that this version does not; a table has fewer or more rows than the
 * copy says.
 */
export async function fillDatabase(databaseUrl: string, folder: string, copy: DatabaseCopy): Promise<void> {
  await refuseUnknown(copy);
  await refuseFilled(databaseUrl);
  await applyMigrations(databaseUrl, undefined, copy.migrations.length);
  await onDatabase(databaseUrl, async (client) => {
    await client.query('BEGIN');
    const all = (await tablesInOrder(client)).map(({ name }) => client.escapeIdentifier(name));
    await client.query(`TRUNCATE ${all.join(', ')}`);
    for (const { name, columns, rows } of copy.tables) {
      const lines = lineCounter();
      await pipeline(
        createReadStream(tableFile(folder, name)),
        createGunzip(),
        lines,
        client.query(copyFrom(`COPY ${named(client, name, columns)} FROM STDIN`)),
      );
      if (lines.count !== rows) throw new Error(`${name}: ${lines.count} rows were found, ${rows} were copied.`);
    }
    for (const { name, value, isCalled } of copy.sequences)
      await client.query('SELECT setval($1::regclass, $2, $3)', [client.escapeIdentifier(name), value, isCalled]);
    await client.query('COMMIT');
    await client.query('ANALYZE');
  });
  await applyMigrations(databaseUrl);
}

/** Errors: the copy has migrations that this version does not. */
export async function refuseUnknown(copy: DatabaseCopy): Promise<void> {
  const known = await readMigrations();
  const strange = copy.migrations.find(({ name, checksum }, index) => {
    const own = known[index];
    return own?.name !== name || own.checksum !== checksum;
  });
  if (strange)
    throw new Error(
      `备份来自更新的版本，请用该版本恢复 · The copy has migration ${strange.name}, which this version does not: use a newer one.`,
    );
}

async function refuseFilled(databaseUrl: string): Promise<void> {
  await onDatabase(databaseUrl, async (client) => {
    for (const { name } of await tablesInOrder(client)) {
      const { rowCount } = await client.query(`SELECT FROM ${client.escapeIdentifier(name)} LIMIT 1`);
      if (rowCount !== 0)
        throw new Error(`数据库不为空 · The database is not empty (table ${name}): restore into an empty one.`);
    }
  });
}

type Table = { readonly name: string; readonly columns: readonly string[] };

/** The tables, each after those its foreign keys point to. */
async function tablesInOrder(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { after: string[] }>(
    `SELECT c.relname AS name,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       ARRAY(SELECT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
         WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS after
     FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> $1 ORDER BY c.relname`,
    [RECORD],
  );
  const ordered: Table[] = [];
  let waiting = rows;
  while (waiting.length > 0) {
    const done = new Set(ordered.map(({ name }) => name));
    const next = waiting.filter(({ after }) => after.every((name) => done.has(name)));
    if (next.length === 0) throw new Error(`Tables refer to each other in a circle: ${waiting[0]?.name}.`);
    ordered.push(...next.map(({ name, columns }) => ({ name, columns })));
    waiting = waiting.filter((table) => !next.includes(table));
  }
  return ordered;
}

async function sequencesOf(client: pg.Client): Promise<DatabaseCopy['sequences'][number][]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace ORDER BY relname`,
  );
  const sequences: DatabaseCopy['sequences'][number][] = [];
  for (const { name } of rows) {
    const found = await client.query<{ value: string; isCalled: boolean }>(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${client.escapeIdentifier(name)}`,
    );
    for (const row of found.rows) sequences.push({ name, ...row });
  }
  return sequences;
}

const named = (client: pg.Client, table: string, columns: readonly string[]): string =>
  `${client.escapeIdentifier(table)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')})`;

/** Passes text of COPY on and counts its rows: in it a line break is nothing but the end of a row. */
function lineCounter(): Transform & { count: number } {
  const counter = Object.assign(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) counter.count += 1;
        done(null, chunk);
      },
    }),
    { count: 0 },
  );
  return counter;
}
