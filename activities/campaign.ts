import { lookAtCampaign } from '../cases/campaignClock.ts';
import { openCampaign } from '../cases/campaigns.ts';
import type { CaseDeps } from '../cases/deps.ts';
import type { CampaignActivities } from '../workflows/contracts/annualReview.ts';

/** The campaign workflows' way to the facts. */
export function createCampaignActivities(deps: CaseDeps): CampaignActivities {
  return {
    campaignClock: (input) => lookAtCampaign(deps, input),
    async openCampaign({ now }) {
      await openCampaign(deps, 'calendar', now);
    },
  };
}
