import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/chaos.ts', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'approvals-chaos-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `npm run chaos`, with so few points of each kind that it takes about a minute. */
function chaos(...given: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [script, ...given], {
    env: { ...process.env, NODE_ENV: 'development', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

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
