import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Runtime } from '@temporalio/worker';
import type { Registry } from 'prom-client';
import { caseBell } from '../cases/bell.ts';
import { startCarrying } from '../cases/carriedProjects.ts';
import { startCoHolderProposals } from '../cases/coHolders.ts';
import type { CaseDeps } from '../cases/deps.ts';
import { startHeartbeat } from '../cases/heartbeats.ts';
import { startHistoryArchive } from '../cases/historyArchive.ts';
import { startIdleDrafts } from '../cases/idleDrafts.ts';
import { ringWhereNothingTicks } from '../cases/lifeBell.ts';
import { startRelay } from '../cases/relay.ts';
import { startSealer } from '../cases/sealer.ts';
import { showStanding } from '../cases/standingMetrics.ts';
import packageJson from '../package.json' with { type: 'json' };
import { attachmentFolder } from '../platform/attachments.ts';
import { type Config, configOrExit } from '../platform/config.ts';
import { describeConnectionFault } from '../platform/connectionFault.ts';
import { connectDatabase, type Database, showPools } from '../platform/database.ts';
import { folderKeyStore } from '../platform/keyStore.ts';
import { createLog, temporalLogger } from '../platform/log.ts';
import { createMetrics, inTime, type MetricsServer, serveMetrics } from '../platform/metrics.ts';
import { freePort } from '../platform/ports.ts';
import { stopRequested } from '../platform/shutdown.ts';
import {
  renewalLogged,
  renewWorkerConnection,
  showTemporal,
  temporalClient,
  workerConnection,
} from '../platform/temporal.ts';
import { startTracing } from '../platform/tracing.ts';
import { bundleWorkflows } from './bundle.ts';
import { watchPatches } from './patches.ts';
import { keepSchedules } from './schedules.ts';
import { createWorker } from './worker.ts';

/**
 * The worker process: Temporal worker, relay, sealer, the eraser of idle drafts and the archive of histories. DATABASE_URL and TEMPORAL_ADDRESS come from the
 * launcher or the environment. `workflows` is the file that exports them.
 */
export async function runWorker(workflows?: string): Promise<void> {
  const config = configOrExit();
  const { databaseUrl, temporalAddress } = config;
  if (!databaseUrl || !temporalAddress)
    throw new Error('The worker needs DATABASE_URL and TEMPORAL_ADDRESS; npm start sets both.');
  const log = createLog(config.logLevel);
  // The SDK's own logger prints failures in full; ours prints ids and codes only.
  const sdkMetrics = config.workerMetricsPort === null ? null : `127.0.0.1:${await freePort()}`;
  Runtime.install({
    logger: temporalLogger(log),
    telemetryOptions: {
      // Else its native part would write lines of its own past that logger.
      logging: { forward: {} },
      ...(sdkMetrics === null ? {} : { metrics: { prometheus: prometheusAt(sdkMetrics) } }),
    },
  });

  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const keys = await folderKeyStore(config.keyDir);
  const database = connectDatabase(databaseUrl, {
    onBroken: (error) => log.warn('database connection broke', {}, error),
  });
  const settings = { ...config, temporalAddress };
  const renewal = renewalLogged(log);
  const client = temporalClient(settings, keys, renewal);
  const metrics = createMetrics();
  const tracing = await startTracing(config, 'worker', log);
  const relay = startRelay({ pool: database.pool, log, tracing }, caseBell(client, config.taskQueue), metrics);
  const deps: CaseDeps = {
    pool: database.pool,
    prisma: database.prisma,
    keys,
    log,
    ring: relay.ring,
    changed: relay.changed,
    tracing,
  };
  const sealer = startSealer(deps, metrics);
  const histories = startHistoryArchive(deps, client, join(config.dataDir, 'histories'));
  const carrying = startCarrying(deps);
  const coHolders = startCoHolderProposals(deps);
  const idleDrafts = startIdleDrafts(deps, await attachmentFolder(join(config.dataDir, 'files')));

  const patches = await watchPatches(deps, packageJson.version);
  const [workflowBundle, connection] = await Promise.all([
    bundleWorkflows(workflows),
    workerConnection(settings).catch((cause) => {
      throw new Error(describeConnectionFault('Temporal', temporalAddress, cause));
    }),
  ]);
  const worker = await createWorker({
    connection,
    namespace: config.temporalNamespace,
    taskQueue: config.taskQueue,
    workflowBundle,
    deps,
    mayTakePatches: patches.mayTake,
  });
  await ringWhereNothingTicks(database.pool);
  await keepSchedules(client, config.taskQueue);
  showTemporal(metrics, client);
  const metricsServer = await metricsOf(config, metrics, database, sdkMetrics);
  const stopRenewing = renewWorkerConnection(worker, settings, renewal);
  const running = worker.run();
  const heartbeat = startHeartbeat(deps, { kind: 'worker', dataDir: config.dataDir });
  process.send?.('ready');
  log.info('worker is up', {});

  await Promise.race([stopRequested(), running]);
  stopRenewing();
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await running;
  await Promise.all([
    relay.stop(),
    sealer.stop(),
    carrying.stop(),
    idleDrafts.stop(),
    coHolders.stop(),
    histories.stop(),
    heartbeat.stop(),
    patches.stop(),
    metricsServer?.stop(),
  ]);
  await tracing?.stop();
  await worker.connection?.close();
  await client.connection.close();
  await database.close();
}

/** What the SDK counts, named and with units as Prometheus has them. */
const prometheusAt = (bindAddress: string) => ({
  bindAddress,
  unitSuffix: true,
  countersTotalSuffix: true,
  useSecondsForDurations: true,
});

/** One page: the process's own figures, and behind them those of Temporal's SDK, which serves them on a port of its own. */
async function metricsOf(
  { workerMetricsPort, metricsHost, dataDir }: Config,
  metrics: Registry,
  { pool, pools }: Pick<Database, 'pool' | 'pools'>,
  sdkMetrics: string | null,
): Promise<MetricsServer | null> {
  if (workerMetricsPort === null) return null;
  showStanding(metrics, { pool, dataDir });
  showPools(metrics, pools);
  return serveMetrics({ host: metricsHost, port: workerMetricsPort }, async () => {
    const ofSdk = fetch(`http://${sdkMetrics}/metrics`).then((answer) => answer.text());
    const [own, sdk] = await Promise.all([metrics.metrics(), inTime(ofSdk)]);
    return `${own}\n${sdk ?? ''}`;
  });
}
