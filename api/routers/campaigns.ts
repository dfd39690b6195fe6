import { addToCampaign, excludeFromCampaign, pauseCampaign, resumeCampaign } from '../../cases/campaignActs.ts';
import { openCampaign } from '../../cases/campaigns.ts';
import { campaignRoutes as routes } from '../contract/campaigns.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import { recordCampaignReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { campaignAccounts, campaignOf, campaigns } from '../views/campaignViews.ts';

/** 年度评价: the campaign of an assessment year (Article 10.3). */
export function mountCampaigns({ on }: Routing, deps: ApiDeps): void {
  on(routes.campaigns, async ({ actor }) => campaigns(deps, actor));

  on(routes.openCampaign, async ({ actor, body, key }) =>
    once<{ year: number; opened: boolean }>(
      deps,
      { personId: actor.personId, target: 'campaigns', key, body },
      (keep) => openCampaign(deps, { personId: actor.personId }, Date.now(), keep),
    ),
  );

  on(routes.campaign, async ({ actor, params }) => campaignOf(deps, actor, params.year));

  on(routes.campaignAccounts, async ({ actor, params: { year }, query }) => {
    const page = await campaignAccounts(deps, actor, year, query);
    if (page.items.some(({ score }) => score !== null)) await recordCampaignReading(deps, actor, year, 'campaign');
    return page;
  });

  on(routes.pauseCampaign, async ({ actor: { personId: byId }, params: { year }, body, key }) =>
    doneOnce(deps, { personId: byId, target: `campaign:${year}:pause`, key, body }, (keep) =>
      pauseCampaign(deps, { byId, year, ...body }, keep),
    ),
  );

  on(routes.resumeCampaign, async ({ actor: { personId: byId }, params: { year }, body, key }) =>
    doneOnce(deps, { personId: byId, target: `campaign:${year}:resume`, key, body }, (keep) =>
      resumeCampaign(deps, { byId, year, ...body }, keep),
    ),
  );

  on(routes.addToCampaign, async ({ actor: { personId: byId }, params: { year }, body, key }) =>
    doneOnce(deps, { personId: byId, target: `campaign:${year}:accounts`, key, body }, (keep) =>
      addToCampaign(deps, { byId, year, ...body }, keep),
    ),
  );

  on(routes.excludeFromCampaign, async ({ actor: { personId: byId }, params: { year, accountId }, body, key }) =>
    doneOnce(deps, { personId: byId, target: `campaign:${year}:exclude:${accountId}`, key, body }, (keep) =>
      excludeFromCampaign(deps, { byId, year, accountId, ...body }, keep),
    ),
  );
}
