import { recordAudit } from '../../cases/audit.ts';
import { campaignReportRoutes as routes } from '../contract/campaignReport.ts';
import type { ApiDeps } from '../deps.ts';
import { recordCampaignReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { reportOf } from '../views/campaignReport.ts';
import { reportWorkbook } from '../views/campaignReportSheet.ts';

/** What an annual review came to (Article 10.3), to be read and to be taken along. */
export function mountCampaignReport({ on }: Routing, deps: ApiDeps): void {
  on(routes.report, async ({ actor, params: { year } }) => {
    const { report } = await reportOf(deps, actor, year);
    await recordCampaignReading(deps, actor, year, 'campaignReport');
    return report;
  });

  on(routes.exportReport, async ({ actor, params: { year }, query, response }) => {
    const { report, reviews } = await reportOf(deps, actor, year);
    const codes = { year, count: reviews.length };
    await recordAudit(deps.pool, { act: 'campaignReport.exported', actorId: actor.personId, codes });
    response.attachment(`annual-review-${year}.xlsx`);
    response.send(await reportWorkbook(report, reviews, query.language));
    return undefined;
  });
}
