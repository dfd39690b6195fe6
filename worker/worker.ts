import { type NativeConnection, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createFactActivities } from '../activities/facts.ts';
import type { CaseDeps } from '../cases/deps.ts';
import { dataConverter } from '../platform/dataConverter.ts';

export type WorkerOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly workflowBundle: WorkflowBundleWithSourceMap;
  readonly deps: CaseDeps;
};

/** The Temporal worker that runs the cases. Any number may run beside each other. */
export function createWorker({
  connection,
  namespace,
  taskQueue,
  workflowBundle,
  deps,
}: WorkerOptions): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle,
    activities: createFactActivities(deps),
    dataConverter: dataConverter(deps.keys, 'worker'),
    shutdownGraceTime: '10 seconds',
    // A case waits for people most of its life: a small cache of live workflows is enough, the rest replay in milliseconds.
    maxCachedWorkflows: 500,
  });
}
