import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import { CAMPAIGN_CLOSED, type CampaignActivities } from './contracts/annualReview.ts';
import type { CaseStart } from './contracts/case.ts';
import { live } from './life.ts';

const { campaignClock } = proxyLocalActivities<CampaignActivities>({
  startToCloseTimeout: '60 seconds',
  // While the database is away for days the history must not grow by every attempt.
  retry: { maximumInterval: '5 minutes' },
});
const { openCampaign } = proxyActivities<CampaignActivities>({
  startToCloseTimeout: '60 seconds',
  retry: { maximumInterval: '20 seconds' },
});

/** The campaign of an assessment year: its reviews are started page by page and run at once; when the last is settled it closes (Article 10.3). */
export async function annualReview({ caseId }: CaseStart): Promise<string> {
  const over = await live(() => campaignClock({ year: Number(caseId), now: Date.now() }));
  return over ? CAMPAIGN_CLOSED : continueAsNew<typeof annualReview>({ caseId });
}

/** What the Schedule of 1 December starts: the year's campaign, unless somebody has opened it. */
export async function annualReviewStarter(): Promise<void> {
  await openCampaign({ now: Date.now() });
}
