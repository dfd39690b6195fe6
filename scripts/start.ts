// npm start: brings up everything this system stands on, each as a process of its own, and keeps it running until SIGTERM or
// Ctrl-C; then stops it in the opposite order.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { issueSetupCode } from '../cases/firstAdministrators.ts';
import { type Config, ConfigError, isLoopback, loadConfig } from '../platform/config.ts';
import { describeConnectionFault } from '../platform/connectionFault.ts';
import { connectDatabase } from '../platform/database.ts';
import { type DataFolder, takeDataFolder } from '../platform/dataFolder.ts';
import { applyMigrations } from '../platform/migrations.ts';
import { isPortFree, keptPort } from '../platform/ports.ts';
import { startPostgres } from '../platform/postgres.ts';
import { startProcess, tailOfLog } from '../platform/processes.ts';
import { loadSignInSettings } from '../platform/signInSettings.ts';
import { keepRunning, type Service, type Started, type Supervised } from '../platform/supervisor.ts';
import { connectToTemporal } from '../platform/temporal.ts';
import { ensureSearchAttributes } from '../platform/temporalNamespace.ts';
import { startTemporal } from '../platform/temporalServer.ts';
import { searchAttributes } from '../workflows/contracts/case.ts';

const READY_LIMIT_MS = 60_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const began = Date.now();

/** What was started or is starting, in this order; it is stopped in the opposite one. */
const services: Promise<Supervised<Started>>[] = [];
let folder: DataFolder | null = null;
let isStopping = false;
let askedAt = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, askToStop);

try {
  const config = loadConfig(process.env);
  // Read by the API; a fault in it is told before anything starts.
  loadSignInSettings(config, process.env);
  await start(config);
} catch (cause) {
  if (!isStopping) {
    isStopping = true;
    console.error(`\n${cause instanceof ConfigError ? cause.message : describe(cause)}`);
    await stop(1);
  }
}

/** Whoever asks again does not want to wait; but one Ctrl-C comes twice, from the terminal and passed on by npm. */
function askToStop(): void {
  if (isStopping && Date.now() - askedAt > 2000) process.exit(1);
  if (isStopping) return;
  askedAt = Date.now();
  stop(0);
}

async function start(config: Config): Promise<void> {
  folder = await takeDataFolder(config.dataDir);
  for (const { name, pid } of folder.healed)
    say(`Ended ${name} (process ${pid}), which a crashed start had left behind`);
  const port = await consolePort(config);
  await refuseTaken('API_METRICS_PORT', config.apiMetricsPort, config.metricsHost);
  await refuseTaken('WORKER_METRICS_PORT', config.workerMetricsPort, config.metricsHost);
  const [databaseUrl, temporalAddress] = await Promise.all([database(config), temporal(config)]);
  const pagesPort =
    config.temporalAddress === null
      ? await keptPort(join(config.dataDir, 'temporal-ui-port'), config.temporalUiPort, 'TEMPORAL_UI_PORT')
      : 0;

  await step('Migrations', async () => {
    const applied = await applyMigrations(databaseUrl);
    return applied.length === 0 ? 'up to date' : `${applied.length} applied`;
  });
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: config.dataDir,
    KEY_DIR: config.keyDir,
    SIGN_IN_FILE: config.signInFile ?? '',
    DATABASE_URL: databaseUrl,
    DATABASE_URL_FILE: '',
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_UI_PORT: String(pagesPort),
  };
  if (config.demo) await step('Demo organisation', () => runScript('scripts/seed.ts', environment));
  await Promise.all([
    step('Worker', async () => {
      const worker = (await program('worker', 'worker/main.ts', config, environment)).current();
      await upOrFail('worker', config, worker, worker.ready);
    }),
    step('API and console', async () => {
      const api = (await program('api', 'api/main.ts', config, environment)).current();
      await upOrFail('API', config, api, untilAnswered(`${addressOf(config.host, port)}/readyz`));
    }),
  ]);
  if (isStopping) return;
  const setupCode = config.demo ? null : await newSetupCode(databaseUrl);
  await folder.announce(addressOf(config.host, port));
  if (pagesPort > 0) say(`Temporal's own pages, for the system administrator: ${addressOf(config.host, pagesPort)}`);
  say(
    `Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.\n\n  ${addressOf(config.host, port)}\n${setupText(setupCode)}`,
  );
}

/** The one place where the code is shown. */
function setupText(code: string | null): string {
  if (code === null) return '';
  return `\nThere is no administrator yet. Open /setup there and enter this code; it is shown here only, and taken once, within a day:\n\n    ${code}\n`;
}

async function newSetupCode(databaseUrl: string): Promise<string | null> {
  const database = connectDatabase(databaseUrl);
  try {
    return await issueSetupCode(database.pool);
  } finally {
    await database.close();
  }
}

async function database(config: Config): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl;
  const options = { folder: join(config.dataDir, 'postgres'), logFile: logOf(config, 'postgres') };
  const postgres = await step('PostgreSQL', () =>
    supervise(config, 'postgres', 'SIGINT', (before?: Awaited<ReturnType<typeof startPostgres>>) =>
      startPostgres({ ...options, port: before?.port ?? config.postgresPort }),
    ),
  );
  return postgres.current().url;
}

async function temporal(config: Config): Promise<string> {
  if (config.temporalAddress !== null) {
    await prepareOwnTemporal(config, config.temporalAddress);
    return config.temporalAddress;
  }
  const server = await step('Temporal', () =>
    supervise(config, 'temporal', 'SIGTERM', (before?: Awaited<ReturnType<typeof startTemporal>>) =>
      startTemporal({
        folder: join(config.dataDir, 'temporal'),
        port: before?.port ?? config.temporalPort,
        // The API shows them to whoever is signed in, at TEMPORAL_UI_PORT.
        uiPort: 0,
        namespace: config.temporalNamespace,
        searchAttributes,
        retentionDays: config.temporalRetentionDays,
        logFile: logOf(config, 'temporal'),
      }),
    ),
  );
  return server.current().address;
}

/** A Temporal of one's own may be away while this system starts, or leave search attributes to its administrators. */
async function prepareOwnTemporal(config: Config, address: string): Promise<void> {
  try {
    const connection = await connectToTemporal({ ...config, temporalAddress: address });
    await ensureSearchAttributes(connection, config.temporalNamespace, searchAttributes);
    await connection.close();
  } catch (cause) {
    const names = Object.keys(searchAttributes).join(', ');
    say(`${describeConnectionFault('Temporal', address, cause)} Its search attributes ${names} were not looked at.`);
  }
}

async function program(name: string, file: string, config: Config, environment: NodeJS.ProcessEnv) {
  return supervise(config, name, 'SIGTERM', () =>
    startProcess({
      name,
      command: process.execPath,
      args: [join(root, file)],
      cwd: root,
      env: environment,
      logFile: logOf(config, name),
      channel: true,
      graceMs: 15_000,
    }),
  );
}

function supervise<Kind extends Started>(
  config: Config,
  name: string,
  stopSignal: NodeJS.Signals,
  startIt: (before?: Kind) => Promise<Kind>,
): Promise<Supervised<Kind>> {
  const service: Service<Kind> = {
    name,
    start: startIt,
    onStart: async ({ pid }) => folder?.record(name, pid, stopSignal),
    onCrash: (how, againInMs) =>
      say(`${name} ended (${how}) and starts again in ${againInMs / 1000} s; see ${logOf(config, name)}`),
  };
  const supervised = keepRunning(service);
  services.push(supervised);
  return supervised;
}

async function runScript(file: string, environment: NodeJS.ProcessEnv): Promise<void> {
  if (!existsSync(join(root, file))) return;
  await promisify(execFile)(process.execPath, [join(root, file)], { cwd: root, env: environment });
}

/** Waits for a program to be up. Errors: it ended, or takes too long; the error shows the end of its log. */
async function upOrFail(name: string, config: Config, program: Started, isUp: Promise<void>): Promise<void> {
  const failure = await Promise.race([
    isUp.then(() => null),
    program.ended.then((how) => `ended (${how})`),
    new Promise<string>((resolve) => setTimeout(resolve, READY_LIMIT_MS, 'is not ready in time').unref()),
  ]);
  if (failure === null) return;
  const tail = await tailOfLog(logOf(config, name.toLowerCase()));
  throw new Error(`The ${name} ${failure}. Its log ends:\n${tail}`);
}

async function untilAnswered(url: string): Promise<void> {
  while (!isStopping) {
    const isAnswered = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAnswered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function consolePort(config: Config): Promise<number> {
  if (config.port === 0) return keptPort(join(config.dataDir, 'port'), 0, 'PORT');
  await refuseTaken('PORT', config.port, config.host);
  return config.port;
}

async function refuseTaken(setting: string, port: number | null, host: string): Promise<void> {
  if (port !== null && port !== 0 && !(await isPortFree(port, host)))
    throw new Error(`${setting}=${port}: another program listens on this port. Choose another, or 0 for a free one.`);
}

async function stop(exitCode: number): Promise<void> {
  isStopping = true;
  if (services.length > 0) say('Stopping …');
  for (const service of services.toReversed()) {
    await service.then(
      (supervised) => supervised.stop(),
      () => {}, // It did not even start.
    );
  }
  await folder?.release();
  process.exit(exitCode);
}

async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  if (isStopping) throw new Error(`Stopped before: ${name}`);
  const from = Date.now();
  const result = await work();
  say(`${name} … ${typeof result === 'string' ? `${result}, ` : ''}${((Date.now() - from) / 1000).toFixed(1)} s`);
  return result;
}

function addressOf(host: string, port: number): string {
  return `http://${isLoopback(host) && host !== '::1' ? host : '127.0.0.1'}:${port}`;
}

function logOf(config: Config, name: string): string {
  return join(config.dataDir, 'logs', `${name}.log`);
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message}\n${cause.cause.message}` : cause.message;
}

function say(text: string): void {
  console.log(text);
}
