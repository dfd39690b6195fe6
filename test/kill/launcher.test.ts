import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { identityOf } from '../../platform/processes.ts';
import { type Instance, startInstance } from '../support/instance.ts';

const NAMES = ['postgres', 'temporal', 'worker', 'api'];
let instance: Instance;

beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.discard());

const pids = () => Promise.all(NAMES.map((name) => instance.pidOf(name)));
const isReady = () =>
  fetch(`${instance.url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
const untilReady = () => vi.waitFor(async () => expect(await isReady()).toBe(true), { timeout: 60_000, interval: 100 });
const untilGone = (pid: number) =>
  vi.waitFor(async () => expect(await identityOf(pid)).toBeNull(), { timeout: 30_000, interval: 50 });

test('a second start on the same data folder is refused, one on another runs beside it', async () => {
  await expect(startInstance({ dataDir: instance.dataDir })).rejects.toThrow(/Another start \(process \d+\) uses this/);
  const beside = await startInstance();
  expect(beside.url).not.toBe(instance.url);
  await beside.discard();
  expect(await isReady()).toBe(true);
});

test.each(NAMES)('%s comes back after it was killed', async (name) => {
  const before = await instance.pidOf(name);
  process.kill(before, 'SIGKILL');
  await untilGone(before);
  await vi.waitFor(async () => expect(await instance.pidOf(name)).not.toBe(before), { timeout: 60_000, interval: 50 });
  await untilReady();
});

test('after a crash of the launcher, worker and API end by themselves and the next start heals the rest', async () => {
  const [postgres, temporal, worker, api] = (await pids()) as [number, number, number, number];
  expect(await instance.end('SIGKILL')).toBe('SIGKILL');
  await untilGone(worker);
  await untilGone(api);
  instance = await startInstance({ dataDir: instance.dataDir });
  expect(instance.output()).toContain(`Ended postgres (process ${postgres})`);
  expect(instance.output()).toContain(`Ended temporal (process ${temporal})`);
  expect(await isReady()).toBe(true);
});

test('SIGTERM ends everything it started', async () => {
  const before = await pids();
  expect(await instance.end('SIGTERM')).toBe(0);
  for (const pid of before) expect(await identityOf(pid)).toBeNull();
  expect(existsSync(join(instance.dataDir, 'run.json'))).toBe(false);
});
