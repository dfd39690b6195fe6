import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { applyMigrations, readMigrations, revertMigrations } from '../../platform/migrations.ts';
import { migrationDraft, prismaDiagnosis } from '../../scripts/schemaEngine.ts';
import { createDatabase, dropDatabase } from '../support/databases.ts';

const serverUrl = inject('postgresUrl');
let name: string;
let url: string;
let folder: string;

beforeEach(async () => {
  name = `migrations_${randomUUID().replaceAll('-', '')}`;
  url = await createDatabase(serverUrl, name);
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
});

afterEach(async () => {
  await dropDatabase(serverUrl, name);
  await rm(folder, { recursive: true });
});

const write = async (migration: string, sql: string) => {
  await mkdir(join(folder, migration), { recursive: true });
  await writeFile(join(folder, migration, 'migration.sql'), sql);
};

const down = (migration: string, sql: string) => writeFile(join(folder, migration, 'down.sql'), sql);

const query = async (sql: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const ONE = '20260101000000_one';
const TWO = '20260102000000_two';
const THREE = '20260103000000_three';

describe('migrations', () => {
  test('are applied in order and once', async () => {
    await write(TWO, 'ALTER TABLE things ADD name text;');
    await write(ONE, 'CREATE TABLE things (id int);');
    expect(await applyMigrations(url, folder)).toEqual([ONE, TWO]);
    expect(await applyMigrations(url, folder)).toEqual([]);
  });

  test('may hold functions with semicolons in them', async () => {
    await write(
      ONE,
      `CREATE TABLE things (id int); -- one; two
       CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no;'; RETURN NULL; END $$;
       CREATE TRIGGER refuse BEFORE DELETE ON things FOR EACH ROW EXECUTE FUNCTION refuse();`,
    );
    expect(await applyMigrations(url, folder)).toEqual([ONE]);
  });

  test('started by two processes at once are applied by one of them', async () => {
    await write(ONE, 'CREATE TABLE things (id int); SELECT pg_sleep(0.2);');
    const applied = await Promise.all([applyMigrations(url, folder), applyMigrations(url, folder)]);
    expect(applied.flat()).toEqual([ONE]);
  });

  test('that fail leave nothing behind and can be repaired', async () => {
    await write(ONE, 'CREATE TABLE things (id int); ALTER TABLE nowhere ADD x int;');
    await expect(applyMigrations(url, folder)).rejects.toThrow(`Migration ${ONE} failed: relation "nowhere"`);
    expect(await query(`SELECT to_regclass('things') AS found`)).toEqual([{ found: null }]);
    await write(ONE, 'CREATE TABLE things (id int);');
    expect(await applyMigrations(url, folder)).toEqual([ONE]);
  });

  test('that were edited after they had been applied are refused', async () => {
    await write(ONE, 'CREATE TABLE things (id int);');
    await applyMigrations(url, folder);
    await write(ONE, 'CREATE TABLE things (id bigint);');
    await expect(applyMigrations(url, folder)).rejects.toThrow(`Migration ${ONE} was edited`);
  });

  test('of a newer version are not started over by an older one', async () => {
    await write(ONE, 'CREATE TABLE things (id int);');
    await write(TWO, 'ALTER TABLE things ADD name text;');
    await applyMigrations(url, folder);
    await rm(join(folder, TWO), { recursive: true });
    await expect(applyMigrations(url, folder)).rejects.toThrow(`The database has migration ${TWO}`);
  });

  test('are taken back, the newest first, and can be applied again', async () => {
    await write(ONE, 'CREATE TABLE things (id int);');
    await write(TWO, 'ALTER TABLE things ADD name text;');
    await write(THREE, 'ALTER TABLE things ADD note text;');
    await down(TWO, '-- Loses: the names.\nALTER TABLE things DROP name;');
    await down(THREE, '-- Loses: the notes.\nALTER TABLE things DROP note;');
    await applyMigrations(url, folder);
    expect(await revertMigrations(url, ONE, folder)).toEqual([THREE, TWO]);
    expect(await query('SELECT * FROM things')).toEqual([]);
    await expect(query('SELECT name FROM things')).rejects.toThrow('does not exist');
    expect(await prismaDiagnosis(url, await readMigrations(folder))).toMatchObject({
      failedMigrationNames: [],
      history: { diagnostic: 'databaseIsBehind', unappliedMigrationNames: [TWO, THREE] },
    });
    expect(await applyMigrations(url, folder)).toEqual([TWO, THREE]);
  });

  test('are all left as they are where one of them cannot be taken back', async () => {
    await write(ONE, 'CREATE TABLE things (id int);');
    await write(TWO, 'DELETE FROM things;');
    await down(TWO, '-- Irreversible: the things are gone.');
    await write(THREE, 'ALTER TABLE things ADD name text;');
    await down(THREE, '-- Loses: the names.\nALTER TABLE things DROP name;');
    await applyMigrations(url, folder);
    await expect(revertMigrations(url, ONE, folder)).rejects.toThrow(`${TWO} cannot be taken back`);
    await expect(revertMigrations(url, 'never_applied', folder)).rejects.toThrow('does not have the migration');
    expect(await query('SELECT name FROM things')).toEqual([]);
  });

  test('are recorded as Prisma records them, so that either tool can go on', async () => {
    await write(ONE, 'CREATE TABLE things (id int);');
    await applyMigrations(url, folder);
    const clean = { editedMigrationNames: [], failedMigrationNames: [], hasMigrationsTable: true };
    expect(await prismaDiagnosis(url, await readMigrations(folder))).toMatchObject({ ...clean, history: null });
    await write(TWO, 'ALTER TABLE things ADD name text;');
    expect(await prismaDiagnosis(url, await readMigrations(folder))).toMatchObject({
      ...clean,
      history: { diagnostic: 'databaseIsBehind', unappliedMigrationNames: [TWO] },
    });
  });

  test('are drafted from what schema.prisma gained', async () => {
    const schema = 'datasource db {\n provider = "postgresql"\n}\nmodel Thing {\n id String @id\n}\n';
    expect(await migrationDraft(url, null, schema)).toContain('CREATE TABLE "Thing"');
    expect(await migrationDraft(url, schema, schema)).toBe('');
    expect(await migrationDraft(url, schema, schema.replace('@id', '@id\n name String?'))).toBe(
      '-- AlterTable\nALTER TABLE "Thing" ADD COLUMN     "name" TEXT;',
    );
  });
});
