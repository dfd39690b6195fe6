import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runningAddress, takeDataFolder } from '../../platform/dataFolder.ts';
import { identityOf } from '../../platform/processes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const sleeper = async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const identity = await identityOf(child.pid as number);
  return { child, pid: child.pid as number, startedAt: identity?.startedAt ?? '' };
};

/** What a launcher that crashed leaves: a lock whose owner is gone, and its record. */
const leave = async (recorded: readonly object[]) => {
  await writeFile(join(folder, 'launcher.lock'), JSON.stringify({ pid: process.pid, startedAt: 'another boot:1' }));
  await writeFile(join(folder, 'run.json'), JSON.stringify(recorded));
};

describe('a data folder', () => {
  test('belongs to one launcher at a time', async () => {
    const held = await takeDataFolder(folder);
    await expect(takeDataFolder(folder)).rejects.toThrow(
      `Another start (process ${process.pid}) uses this data folder`,
    );
    await held.release();
    await (await takeDataFolder(folder)).release();
  });

  test('of several launchers that find a stale lock at once, one gets it', async () => {
    await leave([]);
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => takeDataFolder(folder)));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('of a crashed launcher is healed: what it left running ends', async () => {
    const { child, pid, startedAt } = await sleeper();
    const ended = once(child, 'exit');
    await leave([{ name: 'worker', pid, startedAt, stopSignal: 'SIGTERM' }]);
    const held = await takeDataFolder(folder);
    expect(held.healed.map(({ name }) => name)).toEqual(['worker']);
    expect((await ended)[1]).toBe('SIGTERM');
  });

  test('never ends a stranger that has the number of an old process', async () => {
    const { child, pid } = await sleeper();
    await leave([{ name: 'worker', pid, startedAt: 'another boot:1', stopSignal: 'SIGKILL' }]);
    const held = await takeDataFolder(folder);
    expect(held.healed).toEqual([]);
    expect(await identityOf(pid)).not.toBeNull();
    child.kill();
  });

  test('records processes that start at the same moment', async () => {
    const sleepers = await Promise.all([sleeper(), sleeper(), sleeper()]);
    const held = await takeDataFolder(folder);
    await Promise.all(sleepers.map(({ pid }, index) => held.record(`worker${index}`, pid)));
    const recorded = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
    expect(recorded.map(({ pid }: { pid: number }) => pid).sort()).toEqual(sleepers.map(({ pid }) => pid).sort());
    for (const { child } of sleepers) child.kill();
  });

  test('tells where its system is from when it is ready until it stops', async () => {
    expect(await runningAddress(folder)).toBeNull();
    const held = await takeDataFolder(folder);
    expect(await runningAddress(folder)).toBeNull();
    await held.announce('http://127.0.0.1:3000');
    expect(await runningAddress(folder)).toBe('http://127.0.0.1:3000');
    await held.release();
    expect(await runningAddress(folder)).toBeNull();
  });

  test('does not tell the address of a system that crashed', async () => {
    await leave([]);
    await writeFile(join(folder, 'address'), 'http://127.0.0.1:3000\n');
    expect(await runningAddress(folder)).toBeNull();
  });

  test('with a lock nobody can read is taken over', async () => {
    await writeFile(join(folder, 'launcher.lock'), '');
    await (await takeDataFolder(folder)).release();
  });
});
