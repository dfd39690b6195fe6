import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { freePort } from '../../platform/ports.ts';
import { startProcess, tailOfLog } from '../../platform/processes.ts';
import { ensureSearchAttributes } from '../../platform/temporalNamespace.ts';
import type { TemporalPrograms } from '../../platform/temporalPrograms.ts';
import { searchAttributes } from '../../workflows/contracts/case.ts';
import { dropDatabase } from './databases.ts';

const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const;
const PLUGIN = 'postgres12';
const START_LIMIT_MS = 180_000;

/** Temporal's own server, all its services, on databases of its own on a PostgreSQL, with the namespace `default`. */
export async function startTemporalCluster({ server, sqlTool }: TemporalPrograms, postgresUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'approvals-temporal-'));
  const postgres = new URL(postgresUrl);
  const serial = randomUUID().replaceAll('-', '').slice(0, 8);
  const databases = { default: `temporal_${serial}`, visibility: `temporal_visibility_${serial}` };
  for (const [store, schema] of [
    ['default', 'temporal'],
    ['visibility', 'visibility'],
  ] as const) {
    const at = ['--plugin', PLUGIN, '--ep', postgres.hostname, '--port', postgres.port, '--db', databases[store]];
    const who = ['--user', decodeURIComponent(postgres.username), '--password', decodeURIComponent(postgres.password)];
    const act = (...args: string[]) =>
      promisify(execFile)(sqlTool, [...at, ...who, ...args], { timeout: START_LIMIT_MS });
    await act('create-database');
    await act('setup-schema', '--version', '0.0');
    await act('update-schema', '--schema-name', `postgresql/v12/${schema}`);
  }

  const ports = await Promise.all(SERVICES.map(async () => [await freePort(), await freePort()] as const));
  const address = `127.0.0.1:${ports[0]?.[0]}`;
  const store = (databaseName: string) => ({
    sql: {
      pluginName: PLUGIN,
      databaseName,
      connectAddr: postgres.host,
      connectProtocol: 'tcp',
      user: decodeURIComponent(postgres.username),
      password: decodeURIComponent(postgres.password),
      maxConns: 20,
      maxIdleConns: 20,
      maxConnLifetime: '1h',
    },
  });
  // JSON is YAML.
  const config = {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: { default: store(databases.default), visibility: store(databases.visibility) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(
      SERVICES.map((service, index) => [
        service,
        { rpc: { grpcPort: ports[index]?.[0], membershipPort: ports[index]?.[1], bindOnIP: '127.0.0.1' } },
      ]),
    ),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: address },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    publicClient: { hostPort: address },
  };
  const configFile = join(folder, 'config.yaml');
  const logFile = join(folder, 'log');
  await writeFile(configFile, JSON.stringify(config), { mode: 0o600 });
  const args = ['--config-file', configFile, '--allow-no-auth', 'start'];
  const running = await startProcess({ name: 'temporal server', command: server, args, logFile, graceMs: 30_000 });

  async function stop(): Promise<void> {
    await running.stop();
    for (const name of Object.values(databases)) await dropDatabase(postgresUrl, name);
    await rm(folder, { recursive: true, force: true });
  }

  const end = Date.now() + START_LIMIT_MS;
  while (!(await isPrepared(address))) {
    if (Date.now() < end) continue;
    const tail = await tailOfLog(logFile);
    await stop();
    throw new Error(`The Temporal server did not start. Its log ends:\n${tail}`);
  }
  return { address, stop };
}

/** Whether the namespace and its search attributes are there, after trying to make them. */
async function isPrepared(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 2000 });
    try {
      await connection.workflowService
        .registerNamespace({ namespace: 'default', workflowExecutionRetentionPeriod: msToTs('1 day') })
        .catch((error: Error) => {
          if (!/already/i.test(error.message)) throw error;
        });
      await ensureSearchAttributes(connection, 'default', searchAttributes);
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return false;
  }
}
