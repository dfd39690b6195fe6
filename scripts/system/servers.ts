import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type PostgresOptions, startPostgres } from '../../platform/postgres.ts';
import { startTemporal, type TemporalServerOptions } from '../../platform/temporalServer.ts';
import { searchAttributes } from '../../workflows/contracts/case.ts';
import type { DemoToken } from '../seed.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where a program of a system on this data folder writes what it says. */
export const logFileOf = (dataDir: string, name: string): string => join(dataDir, 'logs', `${name}.log`);

/** The two data servers of a command that brings its own, in a data folder. */
export const dataServers = (dataDir: string, settings: PostgresOptions['settings'] = {}) => ({
  postgres: (port = 0) =>
    startPostgres({
      folder: join(dataDir, 'postgres'),
      port,
      logFile: logFileOf(dataDir, 'postgres'),
      settings,
    }),
  temporal: (port = 0) =>
    startTemporal({
      folder: join(dataDir, 'temporal'),
      port,
      uiPort: null,
      namespace: 'default',
      searchAttributes,
      retentionDays: 1,
      logFile: logFileOf(dataDir, 'temporal'),
    } satisfies TemporalServerOptions),
});

/** What worker and API of such a system are started with. */
export const environmentOf = (dataDir: string, databaseUrl: string, temporalAddress: string): NodeJS.ProcessEnv => ({
  ...process.env,
  DATA_DIR: dataDir,
  KEY_DIR: join(dataDir, 'keys'),
  DATABASE_URL: databaseUrl,
  TEMPORAL_ADDRESS: temporalAddress,
  TEMPORAL_NAMESPACE: 'default',
  DEMO: 'on',
  NODE_ENV: 'development',
  LOG_LEVEL: 'info',
  TEMPORAL_UI_PORT: '0',
});

/** Loads the demo organisation. @returns person → token */
export async function seeded(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, DemoToken>>> {
  await runScript('seed', env);
  return JSON.parse(await readFile(join(env.DATA_DIR ?? '', 'demo-tokens.json'), 'utf8'));
}

/** Runs a script of this folder to its end. */
export async function runScript(name: string, env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, `scripts/${name}.ts`), ...args], { cwd: root, env });
}
