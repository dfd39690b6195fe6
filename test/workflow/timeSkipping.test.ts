import { afterAll, expect, test } from 'vitest';
import { startTimeSkipping } from '../support/timeSkipping.ts';

const environment = await startTimeSkipping();
afterAll(() => environment.teardown());

test('the clock of workflow tests jumps over days', async () => {
  const before = await environment.currentTimeMs();
  await environment.sleep('30 days');
  expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(30 * 86_400_000);
});
