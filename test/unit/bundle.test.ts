import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { failureConverterPath } from '../../platform/dataConverter.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';

test('the bundle that was kept is the one that bundling anew makes', async () => {
  await bundleWorkflows();
  const kept = await bundleWorkflows();
  const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
  const made = await bundleWorkflowCode({ workflowsPath, failureConverterPath });
  expect(kept.code === made.code).toBe(true);
});
