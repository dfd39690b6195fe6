import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../../platform/ports.ts';
import { type RunningProcess, startProcess, tailOfLog } from '../../platform/processes.ts';
import { oneAddress } from './oneAddress.ts';

/** This release's sources. */
export const HERE = fileURLToPath(new URL('../..', import.meta.url));

export type Cluster = Awaited<ReturnType<typeof startCluster>>;
export type Member = { readonly pid: number; stop(): Promise<void>; kill(): Promise<void> };

/**
 * Any number of APIs and workers on one database and one Temporal, each a process of its own as in production, the APIs behind one
 * address. They share the folder of keys and files, as machines would share one. Each may run the sources of another release.
 */
export async function startCluster(servers: { databaseUrl: string; temporalAddress: string }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'approvals-cluster-'));
  const address = await oneAddress();
  const running = new Set<Member>();
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    DATA_DIR: dataDir,
    TEMPORAL_UI_PORT: '0',
    TASK_QUEUE: `cluster-${randomUUID()}`,
    DATABASE_URL: servers.databaseUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
  };
  let count = 0;

  /** Runs a script of a release on the cluster's servers. @returns its exit code and what it said */
  async function run(script: string, { release = HERE, args = [] as string[] } = {}) {
    const options = { cwd: release, env: { ...env, LOG_LEVEL: 'warn' } };
    return promisify(execFile)(process.execPath, [join(release, script), ...args], options).then(
      ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        said: error.stdout + error.stderr,
      }),
    );
  }

  async function start(kind: 'api' | 'worker', release: string, more: NodeJS.ProcessEnv): Promise<RunningProcess> {
    count += 1;
    const logFile = join(dataDir, 'logs', `${kind}-${count}.log`);
    const started = await startProcess({
      name: kind,
      command: process.execPath,
      args: [join(release, kind, 'main.ts')],
      cwd: release,
      env: { ...env, ...more },
      logFile,
      channel: true,
      graceMs: 30_000,
    });
    const failed = started.ended.then(async (how) => {
      throw new Error(`The ${kind} ended (${how}). Its log ends:\n${await tailOfLog(logFile)}`);
    });
    failed.catch(() => {});
    await Promise.race([kind === 'worker' ? started.ready : untilReady(Number(more.PORT)), failed]);
    return started;
  }

  function member(started: RunningProcess, gone: () => void = () => {}): Member {
    const end = (how: () => unknown) => async () => {
      gone();
      running.delete(one);
      await how();
      await started.ended;
    };
    const one: Member = {
      pid: started.pid,
      stop: end(() => started.stop()),
      kill: end(() => process.kill(started.pid, 'SIGKILL')),
    };
    running.add(one);
    return one;
  }

  const seeded = await run('scripts/seed.ts');
  if (seeded.code !== 0) throw new Error(`The demo organisation was not loaded:\n${seeded.said}`);

  return {
    url: address.url,
    answered: address.answered,
    dataDir,
    env,
    run,
    async api(release = HERE): Promise<Member & { readonly url: string; readonly port: number }> {
      const port = await freePort();
      const started = await start('api', release, { PORT: String(port) });
      address.add(port);
      // An API that is killed is found out by the address; one that is stopped is taken out before.
      const one = member(started);
      const stop = async () => {
        address.remove(port);
        await one.stop();
      };
      return { ...one, stop, url: `http://127.0.0.1:${port}`, port };
    },
    async worker(release = HERE): Promise<Member> {
      return member(await start('worker', release, {}));
    },
    async discard(): Promise<void> {
      await Promise.all([...running].map((each) => each.stop()));
      await address.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(port: number): Promise<void> {
  for (;;) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
