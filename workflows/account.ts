import {
  condition,
  continueAsNew,
  defineSignal,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { type AccountActivities, TERMINATED } from './contracts/account.ts';
import { type CaseStart, DECIDED, type Doorbell } from './contracts/case.ts';

const { accountClock } = proxyLocalActivities<AccountActivities>({
  startToCloseTimeout: '20 seconds',
  // While the database is away for days the history must not grow by every attempt.
  retry: { maximumInterval: '5 minutes' },
});

/** A run lasts so long at most, or until its history is long; then the next goes on where it stands, and no history grows for years. */
const RUN_MS = 60 * 86_400_000;

/**
 * The life of a key account, from its establishment until it is terminated (Articles 6 and 8). When a visit or a report falls due, or
 * nobody manages it, whoever must know is told; the rest of its time it sleeps, until the calendar or somebody's doorbell wakes it.
 */
export async function account({ caseId: accountId }: CaseStart): Promise<string> {
  let rung = 0;
  setHandler(defineSignal<[Doorbell]>(DECIDED), () => {
    rung++;
  });
  const lastUntil = Date.now() + RUN_MS;

  while (Date.now() < lastUntil && !workflowInfo().continueAsNewSuggested) {
    const heard = rung;
    const { nextAt, over } = await accountClock({ accountId, now: Date.now() });
    if (over) return TERMINATED;
    const wakeAt = Math.min(nextAt ?? lastUntil, lastUntil);
    await condition(() => rung !== heard, Math.max(wakeAt - Date.now(), 1));
  }
  return continueAsNew<typeof account>({ caseId: accountId });
}
