import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { failureConverterPath } from '../platform/dataConverter.ts';

/** The workflows, bundled from source; about two seconds. */
export function bundleWorkflows(
  entry = fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath: entry, failureConverterPath });
}
