import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { keptPort } from './ports.ts';
import { endStranger, identityOf, type RunningProcess, startProcess, tailOfLog } from './processes.ts';
import { temporalBinary } from './temporalBinary.ts';
import { ensureSearchAttributes, type SearchAttributeType, setRetention } from './temporalNamespace.ts';

export type TemporalServerOptions = {
  /** Holds the server's state and its ports; made when it is missing. */
  folder: string;
  /** 0 takes the port of the last start, or a free one. */
  port: number;
  /** As `port`, for Temporal's own web pages; null leaves them out. */
  uiPort: number | null;
  namespace: string;
  searchAttributes: Readonly<Record<string, SearchAttributeType>>;
  /** How long closed executions stay readable in Temporal, in days. */
  retentionDays: number;
  logFile: string;
};

export type TemporalServer = {
  /** host:port of the gRPC frontend. */
  address: string;
  port: number;
  uiUrl: string | null;
  pid: number;
  ended: RunningProcess['ended'];
  stop(): Promise<void>;
};

const START_LIMIT_MS = 60_000;

/**
 * Starts the embedded Temporal server, whose state survives a restart, and prepares its namespace. One that a crashed
 * launcher left behind on the same folder is stopped first (two servers on one state file would spoil it).
 * Errors: a port is taken, the program cannot be found, or it does not start; each says what to do.
 */
export async function startTemporal(options: TemporalServerOptions): Promise<TemporalServer> {
  const program = await temporalBinary('temporal');
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const pidFile = join(options.folder, 'pid');
  await endLeftover(pidFile, options.folder);
  const port = await keptPort(join(options.folder, 'port'), options.port, 'TEMPORAL_PORT');
  const uiPort =
    options.uiPort === null
      ? null
      : await keptPort(join(options.folder, 'ui-port'), options.uiPort, 'TEMPORAL_UI_PORT');
  const server = await startProcess({
    name: 'temporal',
    command: program,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
      ...(uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...['--db-filename', join(options.folder, 'temporal.db'), '--namespace', options.namespace],
      // One shard polls its transfer queue 20 times a second by default, which makes every activity wait 50 ms.
      ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=1000'],
      ...['--log-format', 'json', '--log-level', 'warn'],
      ...Object.entries(options.searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ],
    logFile: options.logFile,
  });
  await writeFile(pidFile, `${server.pid}\n`);
  const address = `127.0.0.1:${port}`;
  try {
    await prepare(address, server, options);
  } catch (cause) {
    await server.stop();
    throw cause;
  }
  return {
    address,
    port,
    uiUrl: uiPort === null ? null : `http://127.0.0.1:${uiPort}`,
    pid: server.pid,
    ended: server.ended,
    async stop() {
      await server.stop();
      await rm(pidFile, { force: true });
    },
  };
}

/** The address of the embedded Temporal that runs on a folder, by what its last start left there; null without one. */
export async function lastTemporalAddress(folder: string): Promise<string | null> {
  const port = (await readFile(join(folder, 'port'), 'utf8').catch(() => '')).trim();
  return port ? `127.0.0.1:${port}` : null;
}

/** The address of its own pages, likewise; null without any. */
export async function lastTemporalUiUrl(folder: string): Promise<string | null> {
  const port = (await readFile(join(folder, 'ui-port'), 'utf8').catch(() => '')).trim();
  return port ? `http://127.0.0.1:${port}` : null;
}

async function endLeftover(pidFile: string, folder: string): Promise<void> {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!(pid > 0)) return;
  const identity = await identityOf(pid);
  if (identity?.command.includes(join(folder, 'temporal.db'))) await endStranger(pid, identity.startedAt);
  await rm(pidFile, { force: true });
}

async function prepare(address: string, server: RunningProcess, options: TemporalServerOptions): Promise<void> {
  let end: number | NodeJS.Signals | null = null;
  server.ended.then((how) => {
    end = how;
  });
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1000 });
      try {
        await ensureSearchAttributes(connection, options.namespace, options.searchAttributes);
        return await setRetention(connection, options.namespace, options.retentionDays);
      } finally {
        await connection.close();
      }
    } catch (cause) {
      if (end !== null || Date.now() > deadline) {
        const tail = await tailOfLog(options.logFile);
        throw new Error(`Temporal did not start (${end ?? cause}). Its log ends:\n${tail}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
