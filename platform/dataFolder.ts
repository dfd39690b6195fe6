import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PASSABLE } from './postgresAccount.ts';
import { endStranger, identityOf } from './processes.ts';

export type RecordedProcess = { name: string; pid: number; startedAt: string; stopSignal: NodeJS.Signals };

/** A data folder this process holds alone. */
export type DataFolder = {
  /** What a crashed launcher had left running and was ended now. */
  healed: readonly RecordedProcess[];
  /** Notes a process that must not outlive the launcher, replacing an earlier one of its name. */
  record(name: string, pid: number, stopSignal?: NodeJS.Signals): Promise<void>;
  /** Tells other programs of this machine where the system is, now that it is ready. */
  announce(address: string): Promise<void>;
  /** Gives the folder back; everything recorded must have ended. */
  release(): Promise<void>;
};

type Owner = { pid: number; startedAt: string };

const LOCK = 'launcher.lock';
const ADDRESS = 'address';

/**
 * Takes a data folder for one launcher, and ends what a launcher that crashed left running on it: exactly the recorded
 * processes that still are the same ones.
 * Errors: another launcher holds the folder.
 */
export async function takeDataFolder(folder: string): Promise<DataFolder> {
  await mkdir(folder, { recursive: true, mode: PASSABLE });
  const lock = join(folder, LOCK);
  const record = join(folder, 'run.json');
  await takeLock(lock);
  const address = join(folder, ADDRESS);
  await rm(address, { force: true });
  let running = await readRecord(record);
  const healed: RecordedProcess[] = [];
  for (const left of running.toReversed()) {
    if (await endStranger(left.pid, left.startedAt, left.stopSignal, 30_000)) healed.push(left);
  }
  running = [];
  let written = writeRecord(record, running);
  await written;
  return {
    healed,
    async record(name, pid, stopSignal = 'SIGTERM') {
      const identity = await identityOf(pid);
      running = running.filter((recorded) => recorded.name !== name);
      if (identity) running.push({ name, pid, startedAt: identity.startedAt, stopSignal });
      // Several may start at once: one writes after the other.
      written = written.then(() => writeRecord(record, running));
      await written;
    },
    announce: (where) => writeFile(address, `${where}\n`),
    async release() {
      await rm(address, { force: true });
      await rm(record, { force: true });
      await rm(lock, { force: true });
    },
  };
}

/** Where the system that runs on a data folder is; null when none does, or it is not ready yet. */
export async function runningAddress(folder: string): Promise<string | null> {
  const owner = parseOwner(await readFile(join(folder, LOCK), 'utf8').catch(() => ''));
  if (!owner || (await identityOf(owner.pid))?.startedAt !== owner.startedAt) return null;
  return (await readFile(join(folder, ADDRESS), 'utf8').catch(() => '')).trim() || null;
}

async function takeLock(lock: string): Promise<void> {
  const self = await identityOf(process.pid);
  const own = JSON.stringify({ pid: process.pid, startedAt: self?.startedAt ?? '' } satisfies Owner);
  // Written beside and linked into place: the lock never exists half-written.
  const draft = `${lock}.${process.pid}`;
  await writeFile(draft, own);
  try {
    while (!(await linked(draft, lock))) await removeStale(lock);
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

async function removeStale(lock: string): Promise<void> {
  const text = await readFile(lock, 'utf8').catch(() => null);
  if (text === null) return;
  const owner = parseOwner(text);
  if (owner && (await identityOf(owner.pid))?.startedAt === owner.startedAt) {
    throw new Error(
      `Another start (process ${owner.pid}) uses this data folder. Stop it, or set DATA_DIR to another one.`,
    );
  }
  // Moved aside first: of two that find the same stale lock only one removes it, and neither removes the other's new one.
  const aside = `${lock}.stale.${process.pid}`;
  await rename(lock, aside).catch(() => {});
  const moved = await readFile(aside, 'utf8').catch(() => null);
  if (moved !== null && moved !== text) await linked(aside, lock);
  await rm(aside, { force: true });
}

function parseOwner(text: string): Owner | null {
  try {
    const { pid, startedAt } = JSON.parse(text);
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : null;
  } catch {
    return null;
  }
}

async function readRecord(file: string): Promise<RecordedProcess[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return [];
  }
}

async function writeRecord(file: string, running: readonly RecordedProcess[]): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(running, null, 2)}\n`);
  await rename(`${file}.new`, file);
}
