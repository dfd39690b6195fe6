import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { refuseWrongLocale } from './databaseLocale.ts';

/** Where schema.prisma and the folder `migrations` are. */
export const PRISMA_FOLDER = fileURLToPath(new URL('../prisma', import.meta.url));

const NO_FILTERS = { externalTables: [], externalEnums: [] };
// The compiler's library has WebAssembly only among the browser's types.
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};
// Any number no other lock of the application has: one process migrates at a time.
const MIGRATION_LOCK = 7_310_204;

/**
 * Applies the migrations a database does not have yet, recording them in `_prisma_migrations` as `prisma migrate deploy`
 * does, so that either tool can go on. Prisma's own engine is used as WebAssembly: its native one is not on the registries.
 * Returns the names of what was applied. Errors: a migration failed, or an applied one was edited since.
 */
export async function applyMigrations(databaseUrl: string, prismaFolder = PRISMA_FOLDER): Promise<string[]> {
  await refuseWrongLocale(databaseUrl);
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrationsList = await readMigrations(prismaFolder);
    const { appliedMigrationNames } = await withEngine(databaseUrl, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
    );
    return appliedMigrationNames;
  } finally {
    await lock.end();
  }
}

/**
 * The SQL that leads from one text of schema.prisma to another, to start a new migration with; empty when they ask for the
 * same tables. The engine wants a database to connect to but, with this adapter, cannot read its tables; so what migrations
 * add by hand (partial indexes, constraints, triggers) stays out of it.
 */
export async function migrationDraft(
  databaseUrl: string,
  fromSchema: string | null,
  toSchema: string,
): Promise<string> {
  const target = (content: string): DiffTarget => ({
    tag: 'schemaDatamodel',
    files: [{ path: 'schema.prisma', content }],
  });
  const { stdout } = await withEngine(databaseUrl, (engine) =>
    engine.diff({
      from: fromSchema === null ? { tag: 'empty' } : target(fromSchema),
      to: target(toSchema),
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    }),
  );
  const sql = (stdout ?? '').trim();
  return sql === '-- This is an empty migration.' ? '' : sql;
}

async function withEngine<Result>(
  databaseUrl: string,
  use: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const Engine = await loadEngine();
  // A pool of our own, ended at once: the engine's session lock would outlive it for the ten seconds a pool idles.
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await Engine.new({ datamodels: undefined }, () => {}, adapter);
  try {
    return await use(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

let engineClass: Promise<typeof SchemaEngine> | null = null;

/** Once a process: the glue holds one instance at a time, and a second would pull the memory from under the first. */
function loadEngine(): Promise<typeof SchemaEngine> {
  engineClass ??= instantiateEngine();
  return engineClass;
}

/** The package's own entry imports the .wasm file as a module, which Node does not do everywhere: it is wired by hand. */
async function instantiateEngine(): Promise<typeof SchemaEngine> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm'));
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine;
}

async function readMigrations(prismaFolder: string): Promise<MigrationList> {
  const baseDir = join(prismaFolder, 'migrations');
  const entries = existsSync(baseDir) ? await readdir(baseDir, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: await readFile(join(baseDir, name, 'migration.sql'), 'utf8') } as const,
        },
      })),
    ),
  };
}
