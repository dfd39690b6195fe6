import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { type RecordedProcess, takeDataFolder } from './dataFolder.ts';
import { lastPostgresUrl, startPostgres } from './postgres.ts';
import { identityOf } from './processes.ts';
import type { SearchAttributeType } from './temporalNamespace.ts';
import { lastTemporalAddress, startTemporal } from './temporalServer.ts';

/** The servers a command works on: those of the settings, those that run on the data folder, or its own on that folder. */
export type FoundServers = {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Whether this command started a server itself. */
  readonly isOwn: boolean;
  /** Stops what this command started, and nothing else. */
  stop(): Promise<void>;
};

/**
 * Finds PostgreSQL and Temporal, or starts them on the data folder when nothing runs there.
 * Errors: nothing was ever stored in the data folder.
 */
export async function findServers(
  config: Config,
  searchAttributes: Readonly<Record<string, SearchAttributeType>>,
): Promise<FoundServers> {
  const running = await runningNames(config.dataDir);
  const folderOf = (name: string) => join(config.dataDir, name);
  const databaseUrl =
    config.databaseUrl ?? (running.has('postgres') ? await lastPostgresUrl(folderOf('postgres')) : null);
  const temporalAddress =
    config.temporalAddress ?? (running.has('temporal') ? await lastTemporalAddress(folderOf('temporal')) : null);
  if (databaseUrl !== null && temporalAddress !== null)
    return { databaseUrl, temporalAddress, isOwn: false, stop: async () => {} };
  // While the launcher runs, what is not there has crashed, and it starts it again by itself.
  if (running.size > 0 && databaseUrl !== null)
    return { databaseUrl, temporalAddress: '127.0.0.1:1', isOwn: false, stop: async () => {} };
  return startOwn(config, searchAttributes, databaseUrl, temporalAddress);
}

async function startOwn(
  config: Config,
  searchAttributes: Readonly<Record<string, SearchAttributeType>>,
  databaseUrl: string | null,
  temporalAddress: string | null,
): Promise<FoundServers> {
  if (databaseUrl === null && !existsSync(join(config.dataDir, 'postgres', 'cluster')))
    throw new Error(
      `${config.dataDir} 中没有数据 · Nothing is stored in ${config.dataDir}: set DATA_DIR, or DATABASE_URL and TEMPORAL_ADDRESS.`,
    );
  const folder = await takeDataFolder(config.dataDir);
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const server of started.toReversed()) await server.stop();
    await folder.release();
  };
  const logOf = (name: string) => join(config.dataDir, 'logs', `${name}.log`);
  try {
    let url = databaseUrl;
    if (url === null) {
      const postgres = await startPostgres({
        folder: join(config.dataDir, 'postgres'),
        port: config.postgresPort,
        logFile: logOf('postgres'),
      });
      started.push(postgres);
      await folder.record('postgres', postgres.pid, 'SIGINT');
      url = postgres.url;
    }
    let address = temporalAddress;
    if (address === null) {
      const temporal = await startTemporal({
        folder: join(config.dataDir, 'temporal'),
        port: config.temporalPort,
        uiPort: null,
        namespace: config.temporalNamespace,
        searchAttributes,
        retentionDays: config.temporalRetentionDays,
        logFile: logOf('temporal'),
      });
      started.push(temporal);
      await folder.record('temporal', temporal.pid);
      address = temporal.address;
    }
    return { databaseUrl: url, temporalAddress: address, isOwn: true, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** The recorded processes of a data folder that still are the same ones. */
export async function runningNames(dataDir: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(dataDir, 'run.json'), 'utf8').catch(() => '[]');
  const recorded = JSON.parse(text) as RecordedProcess[];
  const alive = await Promise.all(
    recorded.map(async ({ pid, startedAt }) => (await identityOf(pid))?.startedAt === startedAt),
  );
  return new Set(recorded.filter((_, index) => alive[index]).map(({ name }) => name));
}
