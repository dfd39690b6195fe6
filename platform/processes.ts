import { execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type ProcessOptions = {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Standard output and error are appended here. */
  logFile: string;
  /** Opens a channel whose closing tells a Node child that its parent is gone. */
  channel?: boolean;
  /** How long the process may take to end by itself, in milliseconds (default 10,000). */
  graceMs?: number;
  stopSignal?: NodeJS.Signals;
};

/** A child process that was started and can be ended. */
export type RunningProcess = {
  name: string;
  pid: number;
  /** Settles when a process with a channel says 'ready'; never, when it does not. */
  ready: Promise<void>;
  /** Settles when the process has ended: its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Ends the process: its stop signal first, SIGKILL when the grace is over. Resolves once it has ended. */
  stop(): Promise<void>;
};

const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Starts a child process whose output goes straight into a file, so that it outlives a broken pipe.
 * Errors: rejects when the command cannot be started.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const log = openLog(options.logFile);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    uid: options.uid,
    gid: options.gid,
    // A group of its own: Ctrl-C in a terminal reaches the launcher alone, which then stops everything in order.
    detached: true,
    stdio: options.channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => message === 'ready' && resolve());
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 0));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (cause) => reject(new Error(`${options.name} cannot be started: ${cause.message}`)));
    });
  } finally {
    closeSync(log);
  }
  child.on('error', () => {}); // A channel that closes while the child ends is no news.
  return {
    name: options.name,
    pid: child.pid as number,
    ready,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(options.stopSignal ?? 'SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), options.graceMs ?? 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The last lines of a log, to explain a failure; an empty text when there is none. */
export async function tailOfLog(file: string, lines = 15): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/**
 * Which process a pid is at this moment: when it began and its command line; null when there is none.
 * A pid alone is no proof, since the system gives it to another process later (a restarted container counts from 1 again).
 */
export async function identityOf(pid: number): Promise<{ startedAt: string; command: string } | null> {
  if (process.platform === 'linux') {
    try {
      const [stat, command, boot] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8'),
        readFile(`/proc/${pid}/cmdline`, 'utf8'),
        readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      ]);
      // The fields after the command's closing bracket: the first is the state, the twentieth the start time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return null;
      return { startedAt: `${boot.trim()}:${fields[19]}`, command: command.replaceAll('\0', ' ').trim() };
    } catch {
      return null;
    }
  }
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-o', 'command=', '-p', String(pid)]);
    return { startedAt: stdout.slice(0, 24), command: stdout.slice(24).trim() };
  } catch {
    return null;
  }
}

/**
 * Ends a process that is not this one's child, provided it still is the one that began at `startedAt`.
 * Waits until it is gone; SIGKILL after `graceMs` milliseconds. Returns whether there was anything to end.
 */
export async function endStranger(
  pid: number,
  startedAt: string,
  signal: NodeJS.Signals = 'SIGTERM',
  graceMs = 10_000,
): Promise<boolean> {
  const isAlive = async () => (await identityOf(pid))?.startedAt === startedAt;
  if (!(await isAlive())) return false;
  process.kill(pid, signal);
  const deadline = Date.now() + graceMs;
  let killed = false;
  while (await isAlive()) {
    if (!killed && Date.now() > deadline) {
      process.kill(pid, 'SIGKILL');
      killed = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}
