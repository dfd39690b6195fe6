import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { takeDataFolder } from '../../platform/dataFolder.ts';
import { applyMigrations } from '../../platform/migrations.ts';
import { freePort } from '../../platform/ports.ts';
import { type RunningProcess, startProcess } from '../../platform/processes.ts';
import type { DemoToken } from '../seed.ts';
import { untilAnswered, up } from '../system/ready.ts';
import { dataServers, environmentOf, logFileOf, root, runScript, seeded } from '../system/servers.ts';

/** The whole system as it runs in production, with the floors beside it on the same PostgreSQL and the same Temporal server. */
export type BenchSystem = {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly keyDir: string;
  readonly apiUrl: string;
  readonly floorUrl: string;
  readonly pids: Readonly<Record<'api' | 'worker' | 'postgres' | 'temporal', number>>;
  /** Person → token, of the demo organisation. */
  readonly tokens: Readonly<Record<string, DemoToken>>;
  /** Starts a second API beside the first. @returns its address */
  anotherApi(): Promise<string>;
  /** All that `npm run demo` does, but for the check at its end: `npm run verify` does not know the process that is measured. */
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
  const logFile = (name: string): string => logFileOf(dataDir, name);
  try {
    const servers = dataServers(dataDir);
    const postgres = await servers.postgres();
    started.push(postgres);
    const temporal = await servers.temporal();
    started.push(temporal);
    await applyMigrations(postgres.url);
    const ports = { api: await freePort(), floors: await freePort() };
    const env = environmentOf(dataDir, postgres.url, temporal.address);
    const tokens = await seeded(env);
    const run = async (program: string, port: number, name = program): Promise<RunningProcess> => {
      const child = await startProcess({
        name,
        command: process.execPath,
        args: [join(root, `scripts/bench/${program}.ts`)],
        cwd: root,
        env: { ...env, PORT: String(port) },
        logFile: logFile(name),
        channel: true,
      });
      started.push(child);
      return child;
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
      keyDir: join(dataDir, 'keys'),
      apiUrl: urlOf(ports.api),
      floorUrl: urlOf(ports.floors),
      pids: { api: api.pid, worker: worker.pid, postgres: postgres.pid, temporal: temporal.pid },
      tokens,
      async anotherApi() {
        const port = await freePort();
        const second = await run('api', port, 'api-2');
        await up(second, logFile('api-2'), untilAnswered(`${urlOf(port)}/readyz`));
        return urlOf(port);
      },
      demo: () => runScript('demo', env, '--unverified'),
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
