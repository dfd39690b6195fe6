import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const servers = './test/support/globalSetup.ts';

// Three projects, one after the other, so that those which measure time have the machine to themselves. Only the second and
// third start PostgreSQL and Temporal, and only when one of their files runs.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        test: {
          name: 'pure',
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
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'whole',
          include: ['test/{browser,kill}/**/*.test.ts'],
          globalSetup: servers,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
