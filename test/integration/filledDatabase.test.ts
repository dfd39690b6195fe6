import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { verifyStored } from '../../cases/verification.ts';
import { attachmentFolder } from '../../platform/attachments.ts';
import { connectDatabase, onDatabase } from '../../platform/database.ts';
import {
  applyMigrations,
  MIGRATIONS_FOLDER,
  type Migration,
  readMigrations,
  revertMigrations,
} from '../../platform/migrations.ts';
import { dumpSchema, schemaDrift } from '../../platform/schemaDump.ts';
import { branchLevel, startCompany } from '../support/company.ts';
import { createDatabase, dropDatabase } from '../support/databases.ts';
import { columnsOf, fillEmptyTables, type Rows, readRows, writeRows } from '../support/savedRows.ts';

/** What releases left: the rows of a database, under the first line, which names its last migration. */
const SAVED = fileURLToPath(new URL('../replay/databases', import.meta.url));
/** Dozens of schemas are made and compared. */
const PATIENCE = { timeout: 300_000 };
const company = await startCompany();
const serverUrl = inject('postgresUrl');
const folder = await mkdtemp(join(tmpdir(), 'filled-'));
const migrations = await readMigrations();
const names = migrations.map(({ name }) => name);
const made: string[] = [];
let filled: Rows;

beforeAll(async () => {
  const [established, voting, screening] = await Promise.all([
    company.submitted(branchLevel),
    company.submitted(branchLevel),
    company.submitted(branchLevel),
  ]);
  await company.carryTo(established, 'established');
  await company.carryTo(voting, 'approving');
  await company.vote(voting, 'east-head', 'for', '同意');
  await company.carryTo(screening, 'screening');
  await company.draft(branchLevel);
  await company.stopWorker();
  filled = await onDatabase(company.databaseUrl, readRows);
  const release = process.env.SAVE_RELEASE;
  if (release) await save(release);
}, 180_000);
afterAll(async () => {
  for (const name of made) await dropDatabase(serverUrl, name);
  await rm(folder, { recursive: true });
});

async function save(release: string): Promise<void> {
  await mkdir(SAVED, { recursive: true });
  const lines = [names.at(-1), ...[...filled].map(([table, text]) => `${table}\t${text}`)];
  await writeFile(join(SAVED, `${release}.txt`), `${lines.join('\n')}\n`);
}

async function emptyDatabase(): Promise<string> {
  const name = `filled_${randomUUID().replaceAll('-', '')}`;
  made.push(name);
  return createDatabase(serverUrl, name);
}

/** Only the migrations up to one of them. */
async function upTo(last: string): Promise<string> {
  const own = join(folder, randomUUID());
  for (const name of names.slice(0, names.indexOf(last) + 1))
    await cp(join(MIGRATIONS_FOLDER, name), join(own, name), { recursive: true });
  return own;
}

/** The schema after each migration, in order, made by going forward on an empty database. */
async function schemasForward(): Promise<string[]> {
  const url = await emptyDatabase();
  const schemas: string[] = [];
  for (const { name } of migrations) {
    await applyMigrations(url, await upTo(name));
    schemas.push(await dumpSchema(url));
  }
  return schemas;
}

const count = (rows = '[]'): number => JSON.parse(rows).length;

/** The earliest migration that a database can go back to. */
const earliest = migrations.findLastIndex(({ down }: Migration) => down === null);

test('what earlier releases stored survives the migrations since, and all of it agrees', PATIENCE, async () => {
  const releases = await readdir(SAVED);
  expect(releases.length).toBeGreaterThan(0);
  for (const file of releases) {
    const [last = '', ...lines] = (await readFile(join(SAVED, file), 'utf8')).trimEnd().split('\n');
    const rows: Rows = new Map(lines.map((line) => line.split('\t', 2) as [string, string]));
    const url = await emptyDatabase();
    await applyMigrations(url, await upTo(last));
    await onDatabase(url, (client) => writeRows(client, rows));
    const before = await onDatabase(url, columnsOf);
    expect(await onDatabase(url, readRows)).toEqual(rows);
    expect(await applyMigrations(url)).toEqual(names.slice(names.indexOf(last) + 1));
    expect(await schemaDrift(url)).toEqual([]);
    const kept = await onDatabase(url, (client) => readRows(client, before));
    for (const [table, text] of kept) expect(count(text), table).toBe(count(rows.get(table)));

    const database = connectDatabase(url, { connections: 4 });
    const { keys } = company.deps;
    const files = await attachmentFolder(folder);
    const { findings, examined } = await verifyStored({ pool: database.pool, keys, files, client: company.client });
    await database.close();
    // Their executions were another Temporal's.
    expect(findings.filter(({ check }) => check !== 'executions')).toEqual([]);
    expect(examined.chains).toBeGreaterThan(3);
    expect(examined.ballots).toBeGreaterThan(1);
  }
});

test(
  'a filled database goes back and forward over every migration, and keeps what the schema before can hold',
  PATIENCE,
  async () => {
    const schemas = await schemasForward();
    expect(schemas.at(-1)).toBe(await dumpSchema(company.databaseUrl));
    const url = await emptyDatabase();
    await applyMigrations(url);
    await onDatabase(url, async (client) => {
      await writeRows(client, filled);
      await fillEmptyTables(client);
    });
    for (let at = names.length - 1; at > earliest; at--) {
      const [name, before] = [names[at], names[at - 1]] as [string, string];
      const [held, columnsAfter] = await onDatabase(
        url,
        async (client) => [await readRows(client), await columnsOf(client)] as const,
      );
      const back = async () => expect(await revertMigrations(url, before, await upTo(name))).toEqual([name]);
      await back();
      expect(await dumpSchema(url), `${name}, taken back`).toBe(schemas[at - 1]);
      const left = await onDatabase(url, readRows);
      for (const [table, text] of left) if (held.has(table)) expect(count(text), table).toBe(count(held.get(table)));
      await onDatabase(url, fillEmptyTables);
      const inBoth = new Map(
        [...(await onDatabase(url, columnsOf))].map(([table, columns]) => [
          table,
          columns.filter((column) => columnsAfter.get(table)?.includes(column)),
        ]),
      );
      const readBoth = (client: Parameters<typeof readRows>[0]) => readRows(client, inBoth);
      const filledUp = await onDatabase(url, readBoth);
      expect(await applyMigrations(url, await upTo(name))).toEqual([name]);
      expect(await dumpSchema(url), `${name}, applied again`).toBe(schemas[at]);
      const kept = await onDatabase(url, readBoth);
      for (const [table, text] of kept) expect(text, `${table} after ${name}`).toBe(filledUp.get(table));
      await back();
    }
    expect(await applyMigrations(url)).toEqual(names.slice(earliest + 1));
    expect(await schemaDrift(url)).toEqual([]);
  },
);
