import { continueAsNew, proxyLocalActivities } from '@temporalio/workflow';
import { type AccountActivities, TERMINATED } from './contracts/account.ts';
import type { CaseStart } from './contracts/case.ts';
import { live } from './life.ts';

const { accountClock } = proxyLocalActivities<AccountActivities>({
  startToCloseTimeout: '20 seconds',
  // While the database is away for days the history must not grow by every attempt.
  retry: { maximumInterval: '5 minutes' },
});

/**
 * The life of a key account, from its establishment until it is terminated (Articles 6 and 8). When a visit or a report falls due, or
 * nobody manages it, whoever must know is told.
 */
export async function account({ caseId: accountId }: CaseStart): Promise<string> {
  const over = await live(() => accountClock({ accountId, now: Date.now() }));
  return over ? TERMINATED : continueAsNew<typeof account>({ caseId: accountId });
}
