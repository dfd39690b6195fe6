import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { applyMigrations } from '../../platform/migrations.ts';
import { startPostgres } from '../../platform/postgres.ts';
import { createDatabase, TEMPLATE } from './databases.ts';
import { startTestTemporal } from './temporal.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's PostgreSQL, on a database without tables. */
    postgresUrl: string;
    /** host:port of the run's Temporal server; its namespace is `default`. */
    temporalAddress: string;
  }
}

type Servers = { postgresUrl: string; temporalAddress: string; stop(): Promise<void> };

// Every project loads this file anew, but they share the process and so the servers.
const shared = globalThis as typeof globalThis & { testServers?: { users: number; started: Promise<Servers> } };

/** One PostgreSQL and one Temporal server for the whole run, in a folder of its own that goes away with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.testServers ??= { users: 0, started: startServers() };
  const { testServers } = shared;
  testServers.users += 1;
  const servers = await testServers.started;
  project.provide('postgresUrl', servers.postgresUrl);
  project.provide('temporalAddress', servers.temporalAddress);
  return async () => {
    testServers.users -= 1;
    if (testServers.users > 0) return;
    delete shared.testServers;
    await servers.stop();
  };
}

async function startServers(): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'approvals-test-'));
  const settled = await Promise.allSettled([
    startPostgres({
      folder: join(folder, 'postgres'),
      port: 0,
      logFile: join(folder, 'postgres.log'),
      // These databases end with the run: what survives a crash of the machine is not what is tested.
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
    }),
    startTestTemporal(folder),
  ]);
  const [postgres, temporal] = settled;
  const stop = async () => {
    await Promise.all(settled.map((server) => (server.status === 'fulfilled' ? server.value.stop() : null)));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (postgres.status === 'rejected') throw postgres.reason;
    if (temporal.status === 'rejected') throw temporal.reason;
    await applyMigrations(await createDatabase(postgres.value.url, TEMPLATE));
    return { postgresUrl: postgres.value.url, temporalAddress: temporal.value.address, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
