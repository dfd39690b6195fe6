// npm run save-release: keeps what later releases are held to, under package.json's version: in test/replay/histories the history of a
// case walked along every path there is, in test/replay/databases the rows of a filled database. Run it once a release, last of all;
// what an earlier release left is never made again.
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
const { status } = spawnSync(
  process.execPath,
  // histories.test.ts of the recommendation, and <process>Histories.test.ts of every other.
  [vitest, 'run', 'istories.test.ts', 'test/workflow/account.test.ts', 'test/integration/filledDatabase.test.ts'],
  {
    cwd: root,
    env: { ...process.env, SAVE_RELEASE: version },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
