import { type NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import { createAccountActivities } from '../activities/account.ts';
import { createBulkVoteActivities } from '../activities/bulkVote.ts';
import { createCampaignActivities } from '../activities/campaign.ts';
import { createFactActivities } from '../activities/facts.ts';
import { createPublicationActivities } from '../activities/publication.ts';
import type { CaseDeps } from '../cases/deps.ts';
import { dataConverter } from '../platform/dataConverter.ts';
import { observed } from './observed.ts';

export type WorkerOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly workflowBundle: WorkflowBundle;
  readonly deps: CaseDeps;
  /** Whether a case that comes to a change of the workflows may take it; see `patches.ts`. Without it every case does. */
  readonly mayTakePatches?: () => boolean;
};

/** The Temporal worker that runs the cases and the lives of the accounts. Any number may run beside each other. */
export function createWorker({
  connection,
  namespace,
  taskQueue,
  workflowBundle,
  deps,
  mayTakePatches = () => true,
}: WorkerOptions): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle,
    activities: {
      ...createFactActivities(deps),
      ...createAccountActivities(deps),
      ...createCampaignActivities(deps),
      ...createPublicationActivities(deps),
      ...createBulkVoteActivities(deps),
    },
    interceptors: { activity: [observed(deps)] },
    dataConverter: dataConverter(deps.keys, 'worker'),
    patchActivationCallback: mayTakePatches,
    shutdownGraceTime: '10 seconds',
    // A case waits for people most of its life: a small cache of live workflows is enough, the rest replay in milliseconds.
    maxCachedWorkflows: 500,
  });
}
