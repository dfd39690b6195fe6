import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import type { Migration } from '../platform/migrations.ts';

// The compiler's library has WebAssembly only among the browser's types.
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * The SQL that leads from one text of schema.prisma to another (null: from nothing), to start a new migration with; empty
 * when they ask for the same tables. The engine wants a database to connect to but, through this adapter, cannot read its
 * tables; so what migrations add by hand (partial indexes, constraints, triggers) stays out of it.
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

/** What Prisma itself still finds to apply or to object to, given these migrations and a database's record of them. */
export async function prismaDiagnosis(databaseUrl: string, migrations: readonly Migration[]) {
  const migrationsList: MigrationList = {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
  return withEngine(databaseUrl, (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: NO_FILTERS }),
  );
}

/** Prisma's schema engine as WebAssembly: the native one, which `prisma migrate` wants, is not on the registries. */
async function withEngine<Result>(
  databaseUrl: string,
  use: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const Engine = await loadEngine();
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const engine = await Engine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool)),
  );
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

/** The package's own entry imports the .wasm file as a module, which Node still calls experimental: it is wired by hand. */
async function instantiateEngine(): Promise<typeof SchemaEngine> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine;
}
