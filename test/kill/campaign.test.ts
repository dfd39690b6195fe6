import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { command } from '../support/command.ts';

const folder = await mkdtemp(join(tmpdir(), 'approvals-campaign-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const HALF_AN_HOUR = 1_800_000;

/** `npm run chaos -- --campaign 200` is the same with a whole list. */
test('worker, API, Temporal and PostgreSQL killed during an annual review and a publication: every account is decided once, and one edition is published (seed 20261128)', {
  timeout: HALF_AN_HOUR,
}, async () => {
  const { code, said } = await command('chaos', ['--campaign', '6', '--points', '1', '--seed', '20261128'], {
    DATA_DIR: folder,
  });
  expect(code, said).toBe(0);
  expect(said).toContain('✓ every account was decided, once, as the ballot on it chose (6)');
  expect(said).toContain('✓ one edition was published, equal to what was decided on');
  expect(said).toContain('✓ npm run verify finds nothing');
});
