import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const servers = './test/support/globalSetup.ts';
/** It measures time. */
const MEASURED = 'test/browser/firstView.test.ts';

// Four projects, one after the other; the files of the last too, so that what measures time or kills processes has the machine to
// itself. All but the first start PostgreSQL and Temporal, and only when one of their files runs.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        test: {
          name: 'pure',
          // Rules keep nothing between files: what they import is loaded once.
          isolate: false,
          include: ['test/{unit,replay}/**/*.test.ts'],
          testTimeout: 20_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'servers',
          include: ['test/{integration,workflow}/**/*.test.ts'],
          globalSetup: servers,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: [MEASURED],
          globalSetup: servers,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'alone',
          include: [MEASURED, 'test/kill/**/*.test.ts'],
          globalSetup: servers,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
