import { yearlyReportRoutes as routes } from '../contract/yearlyReports.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { yearlyReport } from '../views/yearlyReportView.ts';

/** 年度上报 (Articles 9, 10.3): what it begins with, and what was reported. */
export function mountYearlyReports({ on }: Routing, deps: ApiDeps): void {
  on(routes.yearlyReport, ({ actor, params }) => yearlyReport(deps, actor, params.id));
}
