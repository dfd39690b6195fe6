import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { takeDataFolder } from '../../platform/dataFolder.ts';
import { applyMigrations } from '../../platform/migrations.ts';
import { freePort } from '../../platform/ports.ts';
import { startPostgres } from '../../platform/postgres.ts';
import { type RunningProcess, startProcess, tailOfLog } from '../../platform/processes.ts';
import { startTemporal } from '../../platform/temporalServer.ts';
import { searchAttributes } from '../../workflows/contracts/case.ts';
import type { DemoToken } from '../seed.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const READY_LIMIT_MS = 60_000;

/** The whole system as it runs in production, with the floors beside it on the same PostgreSQL and the same Temporal server. */
export type BenchSystem = {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly keyDir: string;
  readonly apiUrl: string;
  readonly floorUrl: string;
  readonly pids: { readonly api: number; readonly worker: number };
  /** Person → token, of the demo organisation. */
  readonly tokens: Readonly<Record<string, DemoToken>>;
  /** Carries one recommendation to an established account, as `npm run demo` does. */
  demo(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts it on an empty folder, which is removed when it stops. PostgreSQL keeps fsync and synchronous_commit on. */
export async function startSystem(dataDir: string): Promise<BenchSystem> {
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const folder = await takeDataFolder(dataDir);
  const started: { stop(): Promise<void> }[] = [{ stop: () => folder.release() }];
  const stop = async (): Promise<void> => {
    for (const each of started.toReversed()) await each.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const logFile = (name: string): string => join(dataDir, 'logs', `${name}.log`);
  try {
    const postgres = await startPostgres({ folder: join(dataDir, 'postgres'), port: 0, logFile: logFile('postgres') });
    started.push(postgres);
    const temporal = await startTemporal({
      folder: join(dataDir, 'temporal'),
      port: 0,
      uiPort: null,
      namespace: 'default',
      searchAttributes,
      retentionDays: 1,
      logFile: logFile('temporal'),
    });
    started.push(temporal);
    await applyMigrations(postgres.url);
    const keyDir = join(dataDir, 'keys');
    const ports = { api: await freePort(), floors: await freePort() };
    const env = {
      ...process.env,
      DATA_DIR: dataDir,
      KEY_DIR: keyDir,
      DATABASE_URL: postgres.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: 'default',
      DEMO: 'on',
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      TEMPORAL_UI_PORT: '0',
    };
    await promisify(execFile)(process.execPath, [join(root, 'scripts/seed.ts')], { cwd: root, env });
    const run = async (name: string, port: number): Promise<RunningProcess> => {
      const program = await startProcess({
        name,
        command: process.execPath,
        args: [join(root, `scripts/bench/${name}.ts`)],
        cwd: root,
        env: { ...env, PORT: String(port) },
        logFile: logFile(name),
        channel: true,
      });
      started.push(program);
      return program;
    };
    const [worker, api, floors] = await Promise.all([
      run('worker', 0),
      run('api', ports.api),
      run('floors', ports.floors),
    ]);
    const urlOf = (port: number): string => `http://127.0.0.1:${port}`;
    await Promise.all([
      up(worker, logFile('worker'), worker.ready),
      up(floors, logFile('floors'), floors.ready),
      up(api, logFile('api'), untilAnswered(`${urlOf(ports.api)}/readyz`)),
    ]);
    await folder.announce(urlOf(ports.api));
    return {
      databaseUrl: postgres.url,
      temporalAddress: temporal.address,
      keyDir,
      apiUrl: urlOf(ports.api),
      floorUrl: urlOf(ports.floors),
      pids: { api: api.pid, worker: worker.pid },
      tokens: JSON.parse(await readFile(join(dataDir, 'demo-tokens.json'), 'utf8')),
      demo: async () => {
        await promisify(execFile)(process.execPath, [join(root, 'scripts/demo.ts')], { cwd: root, env });
      },
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function up({ name, ended }: RunningProcess, logFile: string, isUp: Promise<void>): Promise<void> {
  const failure = await Promise.race([
    isUp.then(() => null),
    ended.then((how) => `ended (${how})`),
    new Promise<string>((resolve) => setTimeout(resolve, READY_LIMIT_MS, 'is not ready in time').unref()),
  ]);
  if (failure !== null) throw new Error(`${name} ${failure}. Its log ends:\n${await tailOfLog(logFile)}`);
}

async function untilAnswered(url: string): Promise<void> {
  for (;;) {
    const isAnswered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAnswered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
