// node scripts/saveHistories.ts: walks a recommendation along every path there is and keeps the histories in
// test/replay/histories/<release>, the release being package.json's version. The replay gate holds every later change to them. Run it
// once a release; what an earlier release left is never made again.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const { version } = require('../package.json') as { version: string };
const vitest = join(require.resolve('vitest/package.json'), '..', 'vitest.mjs');

rmSync(join(root, 'test/replay/histories', version), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/workflow/histories.test.ts'], {
  cwd: root,
  env: { ...process.env, SAVE_HISTORIES: version },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
