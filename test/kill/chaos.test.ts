import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { command } from '../support/command.ts';

const folder = await mkdtemp(join(tmpdir(), 'approvals-chaos-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `npm run chaos`, with so few points of each kind that it takes about a minute. */
const chaos = (...given: readonly string[]) => command('chaos', given, { DATA_DIR: folder });

const HALF_AN_HOUR = 1_800_000;

test('under load every kind of fault, once each, loses, doubles and stops nothing (seed 20261128)', {
  timeout: HALF_AN_HOUR,
}, async () => {
  const { code, said } = await chaos('--points', '1', '--seed', '20261128', '--cases', '3');
  expect(code, said).toBe(0);
  expect(said).toContain('✓ npm run verify finds nothing');
});

test('a kind of fault that there is not is refused by name', async () => {
  const { code, said } = await chaos('--faults', 'worker,earthquake');
  expect(code).not.toBe(0);
  expect(said).toContain('--faults earthquake');
});
