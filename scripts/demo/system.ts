import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../platform/config.ts';
import { runningAddress } from '../../platform/dataFolder.ts';
import type { DemoToken } from '../seed.ts';

/** The system the demo talks to. */
export type DemoSystem = {
  readonly url: string;
  /** Person → token, of the demo organisation. */
  readonly tokens: Readonly<Record<string, DemoToken>>;
  /** What a command is run with that is to act on it. */
  readonly env: NodeJS.ProcessEnv;
  /** Whether the demo started it, and so stops it. */
  readonly isOwn: boolean;
  stop(): Promise<void>;
};

const start = fileURLToPath(new URL('../start.ts', import.meta.url));

/** The system that runs on DATA_DIR, or else one of the demo's own. Errors: it has no demo organisation, or does not start. */
export async function findSystem(): Promise<DemoSystem> {
  const { dataDir } = loadConfig(process.env);
  const url = await runningAddress(dataDir);
  if (url === null) return startOwnSystem();
  return { url, tokens: await readTokens(dataDir), env: process.env, isOwn: false, stop: async () => {} };
}

/** A whole system on a temporary data folder and free ports, as `npm start` brings it up. */
export async function startOwnSystem(): Promise<DemoSystem & { readonly dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'key-accounts-demo-'));
  const free = { PORT: '0', POSTGRES_PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0' };
  const own = { KEY_DIR: '', DATABASE_URL: '', TEMPORAL_ADDRESS: '', DEMO: 'on', NODE_ENV: 'development' };
  const env = { ...process.env, ...free, ...own, DATA_DIR: dataDir };
  const launcher = spawn(process.execPath, [start], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => launcher.once('exit', () => resolve()));
  const stop = async () => {
    launcher.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop().finally(() => process.exit(1)));
  try {
    const url = await untilReady(launcher, dataDir);
    return { url, dataDir, tokens: await readTokens(dataDir), env, isOwn: true, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function untilReady(launcher: ReturnType<typeof spawn>, dataDir: string): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const read = async (chunk: Buffer) => {
      said += chunk;
      const url = await runningAddress(dataDir);
      if (url) resolve(url);
    };
    launcher.stdout?.on('data', read);
    launcher.stderr?.on('data', read);
    launcher.once('exit', () => reject(new Error(`系统未能启动 · the system did not start:\n${said}`)));
  });
}

async function readTokens(dataDir: string): Promise<DemoSystem['tokens']> {
  const file = join(dataDir, 'demo-tokens.json');
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new Error(`演示需要演示组织的令牌 · the demo needs the demo organisation's tokens: ${file} (DEMO=on)`);
  }
}
