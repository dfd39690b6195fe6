import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, inject } from 'vitest';
import { createDatabase, dropDatabase, TEMPLATE } from './databases.ts';
import type {} from './globalSetup.ts';

/**
 * A migrated database of the calling test file's own; call it at the file's top level. It goes away with the file when
 * every test passed; otherwise it stays until the end of the run.
 * Returns its connection string.
 */
export async function freshDatabase(): Promise<string> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = await createDatabase(serverUrl, name, TEMPLATE);
  let hasFailed = false;
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
      hasFailed = true;
    });
  });
  afterAll(async () => {
    if (!hasFailed) await dropDatabase(serverUrl, name);
  });
  return url;
}
