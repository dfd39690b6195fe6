import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hearAnnouncements } from '../cases/announcements.ts';
import { caseBell } from '../cases/bell.ts';
import { startHeartbeat } from '../cases/heartbeats.ts';
import { readHistory } from '../cases/historyArchive.ts';
import { startRelay } from '../cases/relay.ts';
import { showStanding } from '../cases/standingMetrics.ts';
import { attachmentFolder } from '../platform/attachments.ts';
import { configOrExit } from '../platform/config.ts';
import { connectionFault } from '../platform/connectionFault.ts';
import { connectDatabase, showPools } from '../platform/database.ts';
import { dataConverter } from '../platform/dataConverter.ts';
import { folderKeyStore } from '../platform/keyStore.ts';
import { createLog } from '../platform/log.ts';
import { createMetrics, serveMetrics } from '../platform/metrics.ts';
import { stopRequested } from '../platform/shutdown.ts';
import { loadSignInSettings } from '../platform/signInSettings.ts';
import { connectToTemporal, renewalLogged, showTemporal, temporalClient } from '../platform/temporal.ts';
import { lastTemporalUiUrl } from '../platform/temporalServer.ts';
import { startTracing } from '../platform/tracing.ts';
import { createApp } from './app.ts';
import { type ApiDeps, standardLimits } from './deps.ts';
import { enginePages } from './enginePages.ts';
import { temporalExecutions } from './executions.ts';
import { startLive } from './live/live.ts';
import { createApiServer } from './server.ts';
import { configuredSignIn } from './signIn/configured.ts';
import { localMethod } from './signIn/local.ts';

const GRACE_MS = 8_000;

const config = configOrExit();
if (!config.databaseUrl) throw new Error('DATABASE_URL: should name the database; npm start sets it.');
if (!config.temporalAddress) throw new Error('TEMPORAL_ADDRESS: should be host:port; npm start sets it.');
const log = createLog(config.logLevel, { service: 'api', pid: process.pid });
process.on('uncaughtException', (error) => {
  // Printed by Node it would quote its message, which may be about anything (Article 11).
  log.error('the process cannot go on', {}, error);
  process.exit(1);
});
const database = connectDatabase(config.databaseUrl, {
  onBroken: (error) => log.warn('an idle database connection broke', {}, error),
});
const keys = await folderKeyStore(config.keyDir);
const temporal = temporalClient({ ...config, temporalAddress: config.temporalAddress }, keys, renewalLogged(log));
const metrics = createMetrics();
showStanding(metrics, { pool: database.pool, dataDir: config.dataDir });
showPools(metrics, database.pools);
showTemporal(metrics, temporal);
const tracing = await startTracing(config, 'api', log);
const relay = startRelay({ pool: database.pool, log, tracing }, caseBell(temporal, config.taskQueue), metrics);
const heartbeat = startHeartbeat({ pool: database.pool, keys, log }, { kind: 'api', dataDir: config.dataDir });

const upstream =
  config.temporalUiUrl === null && config.temporalUiPort > 0
    ? await lastTemporalUiUrl(join(config.dataDir, 'temporal'))
    : null;
const announcements = hearAnnouncements({ pool: database.pool, log });
const live = startLive({ ...database, config, log, announcements });
const deps: ApiDeps = {
  ...database,
  keys,
  log,
  metrics,
  config,
  ring: relay.ring,
  changed: relay.changed,
  tracing,
  announcements,
  live,
  files: await attachmentFolder(join(config.dataDir, 'files')),
  executions: temporalExecutions(temporal, dataConverter(keys, 'client'), {
    keys,
    taskQueue: config.taskQueue,
    archived: (caseId) => readHistory({ keys, pool: database.pool }, join(config.dataDir, 'histories'), caseId),
  }),
  engine: {
    namespace: config.temporalNamespace,
    pages: config.temporalUiUrl ? { url: config.temporalUiUrl } : upstream ? { port: config.temporalUiPort } : null,
  },
  signIn: configuredSignIn([localMethod(database.pool)], loadSignInSettings(config, process.env)),
  limits: standardLimits,
  consoleFolder: fileURLToPath(new URL('../web/dist', import.meta.url)),
};

const server = createApiServer(createApp(deps));
await new Promise<void>((resolve, reject) => {
  server.once('error', reject);
  server.listen(config.port, config.host, resolve);
});
const address = server.address();
const consolePort = typeof address === 'object' ? (address?.port ?? config.port) : config.port;
const pages = upstream ? enginePages(deps, { upstream, consolePort }).listen(config.temporalUiPort, config.host) : null;
pages?.on('error', (error) => log.warn('engine pages not served', {}, error));
const metricsServer =
  config.apiMetricsPort === null
    ? null
    : await serveMetrics({ host: config.metricsHost, port: config.apiMetricsPort }, () => metrics.metrics());
log.info('listening', { port: consolePort });
// Either may be away while the console serves; that a certificate or a key is wrong should be said all the same.
database.pool
  .query('SELECT 1')
  .catch((cause) => log.warn('the database cannot be used', { reason: connectionFault(cause) }, cause));
connectToTemporal({ ...config, temporalAddress: config.temporalAddress })
  .then((connection) => connection.close())
  .catch((cause) => log.warn('Temporal cannot be used', { reason: connectionFault(cause) }, cause));

await stopRequested();
log.info('stopping');
// Requests under way may end; a connection that is merely kept alive does not hold the process up.
pages?.close();
pages?.closeAllConnections();
await live.stop();
await server.end(GRACE_MS);
await Promise.all([relay.stop(), heartbeat.stop(), announcements.stop(), metricsServer?.stop()]);
await tracing?.stop();
await temporal.connection.close();
await database.close();
process.exit(0);
