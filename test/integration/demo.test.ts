import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { localDay } from '../../domain/calendar.ts';
import { startInstance } from '../support/instance.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LIMIT_MS = 600_000;

const instance = await startInstance();
afterAll(() => instance.discard(), LIMIT_MS);

const tokens = async (): Promise<Record<string, { token: string }>> =>
  JSON.parse(await readFile(join(instance.dataDir, 'demo-tokens.json'), 'utf8'));

const run = async (script: string): Promise<string> => {
  const env = { ...process.env, NODE_ENV: 'development', DATA_DIR: instance.dataDir };
  return (await promisify(execFile)(process.execPath, [join(root, script)], { cwd: root, env })).stdout;
};

test(
  'the demo runs against the running system, again and again, shows no secret, and leaves what verifies',
  async () => {
    for (const _ of ['first', 'again']) {
      const said = await run('scripts/demo.ts');
      expect(said).toContain(instance.url);
      expect(said).toContain('全部一致');
      expect(said).toContain('全部符合预期');
      for (const { token } of Object.values(await tokens())) expect(said).not.toContain(token);
    }
  },
  LIMIT_MS,
);

test(
  'the demo fails when something is not as it expects',
  async () => {
    const left = await fetch(`${instance.url}/api/v1/persons/finance-expert/leave`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        Authorization: `Bearer ${(await tokens())['security-admin']?.token}`,
      },
      body: JSON.stringify({ on: localDay(Date.now()) }),
    });
    expect(await left.json()).toEqual({ done: true });
    await expect(run('scripts/demo.ts')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('unfitPerson'),
    });
  },
  LIMIT_MS,
);
