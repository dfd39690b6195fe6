import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordedProcess } from '../../platform/dataFolder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A whole system of its own, started as `npm start` does it. */
export type Instance = {
  /** Where console and API are. */
  url: string;
  dataDir: string;
  /** The launcher's pid. */
  pid: number;
  /** Everything the launcher has said so far. */
  output(): string;
  /** The pid of `postgres`, `temporal`, `worker` or `api` at this moment. */
  pidOf(name: string): Promise<number>;
  /** Ends the launcher; by SIGTERM it stops everything it started. Resolves with its exit code or signal. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Stops everything and removes the data folder; for the end of a test file. */
  discard(): Promise<void>;
};

/**
 * Starts scripts/start.ts on free ports. Give a data folder to start again on what an earlier instance left.
 * Errors: it did not become ready; the error holds what it said.
 */
export async function startInstance(options: { dataDir?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Instance> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'approvals-instance-')));
  const free = { PORT: '0', POSTGRES_PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0' };
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts')], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'development', ...free, ...options.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 0));
  });
  const ready = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const url = /^ {2}(http:\/\/\S+)$/m.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const url = await Promise.race([ready, ended.then(() => null)]);
  if (url === null) throw new Error(`The system did not start:\n${output}`);

  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    dataDir,
    pid: child.pid as number,
    output: () => output,
    async pidOf(name) {
      const running: RecordedProcess[] = JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8'));
      const found = running.find((recorded) => recorded.name === name);
      if (!found) throw new Error(`No ${name} is running.`);
      return found.pid;
    },
    end,
    async discard() {
      await end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
