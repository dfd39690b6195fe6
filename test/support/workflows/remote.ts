import { condition, proxyActivities } from '@temporalio/workflow';
import type { CaseStart, StepActivities } from '../../../workflows/contracts/case.ts';

const { begin } = proxyActivities<StepActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '50 milliseconds', backoffCoefficient: 1 },
});

/** A process whose first step is an activity of the task queue, tried until it works; then it waits. */
export async function recommendation({ caseId }: CaseStart): Promise<void> {
  await begin({ caseId });
  await condition(() => false);
}
