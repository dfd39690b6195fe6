import express, { type Express } from 'express';
import { DomainError } from '../domain/errors.ts';
import { isLoopback } from '../platform/config.ts';
import { dataConverter } from '../platform/dataConverter.ts';
import { codecRouter } from './codecEndpoint.ts';
import { consoleRouter } from './console.ts';
import type { ApiDeps } from './deps.ts';
import { API_PREFIX, createDescription } from './description.ts';
import { docsPage } from './docsPage.ts';
import { healthRouter } from './health.ts';
import { observed } from './observed.ts';
import { problemHandler } from './problems.ts';
import { mountAbsences } from './routers/absences.ts';
import { mountAccountReports } from './routers/accountReports.ts';
import { mountAccounts } from './routers/accounts.ts';
import { mountAccountTimeline } from './routers/accountTimeline.ts';
import { mountAgenda } from './routers/agenda.ts';
import { mountAllocations } from './routers/allocations.ts';
import { mountAttachments } from './routers/attachments.ts';
import { mountAudit } from './routers/audit.ts';
import { mountBreaches } from './routers/breaches.ts';
import { mountCalendars } from './routers/calendars.ts';
import { mountCampaignReport } from './routers/campaignReport.ts';
import { mountCampaigns } from './routers/campaigns.ts';
import { mountCases } from './routers/cases.ts';
import { mountClients } from './routers/clients.ts';
import { mountCoHolders } from './routers/coHolders.ts';
import { mountDashboard } from './routers/dashboard.ts';
import { mountDelegations } from './routers/delegations.ts';
import { mountDesk } from './routers/desk.ts';
import { mountEditions } from './routers/editions.ts';
import { mountEntering } from './routers/entering.ts';
import { mountEvents } from './routers/events.ts';
import { mountExclusivity } from './routers/exclusivity.ts';
import { mountExits } from './routers/exits.ts';
import { mountFilters } from './routers/filters.ts';
import { mountHealth } from './routers/health.ts';
import { mountIdentities } from './routers/identities.ts';
import { mountImports } from './routers/imports.ts';
import { mountLocalAccounts } from './routers/localAccounts.ts';
import { mountMarketingTasks } from './routers/marketingTasks.ts';
import { mountMe } from './routers/me.ts';
import { mountMemberships } from './routers/memberships.ts';
import { mountNotifications } from './routers/notifications.ts';
import { mountOrganisation } from './routers/organisation.ts';
import { mountPersons } from './routers/persons.ts';
import { mountPolicies } from './routers/policies.ts';
import { mountProjects } from './routers/projects.ts';
import { mountProposals } from './routers/proposals.ts';
import { mountReassignments } from './routers/reassignments.ts';
import { mountRecommendations } from './routers/recommendations.ts';
import { mountRelistings } from './routers/relistings.ts';
import { mountReviews } from './routers/reviews.ts';
import { mountRoles } from './routers/roles.ts';
import { mountSetup, setupPageGone } from './routers/setup.ts';
import { mountSignIn } from './routers/signIn.ts';
import { mountSuggestions } from './routers/suggestions.ts';
import { mountTasks } from './routers/tasks.ts';
import { mountUnits } from './routers/units.ts';
import { mountVisits } from './routers/visits.ts';
import { mountWorkflows } from './routers/workflows.ts';
import { mountYearlyReports } from './routers/yearlyReports.ts';
import { createRouting, denialAuditor } from './routing.ts';
import { securityHeaders } from './securityHeaders.ts';

// What is asked most comes first: a request is held against one route after the other.
const mounts = [
  mountTasks,
  mountCases,
  mountSignIn,
  mountEntering,
  mountLocalAccounts,
  mountSetup,
  mountMe,
  mountIdentities,
  mountEvents,
  mountOrganisation,
  mountUnits,
  mountPersons,
  mountPolicies,
  mountCalendars,
  mountClients,
  mountExclusivity,
  mountBreaches,
  mountMemberships,
  mountRecommendations,
  mountDelegations,
  mountExits,
  mountRelistings,
  mountReviews,
  mountFilters,
  mountNotifications,
  mountAbsences,
  mountAccounts,
  mountVisits,
  mountAccountTimeline,
  mountAccountReports,
  mountYearlyReports,
  mountMarketingTasks,
  mountReassignments,
  mountImports,
  mountProjects,
  mountCoHolders,
  mountEditions,
  mountAllocations,
  mountSuggestions,
  mountCampaigns,
  mountAgenda,
  mountCampaignReport,
  mountDashboard,
  mountDesk,
  mountAttachments,
  mountAudit,
  mountWorkflows,
  mountProposals,
  mountHealth,
  mountRoles,
];

/** The API with the console, as one Express application. Errors: refuses demo sign-in where others could reach it. */
export function createApp(deps: ApiDeps): Express {
  const { demo, production, host } = deps.config;
  if (demo && production) throw new Error('DEMO: must be off in production mode (NODE_ENV).');
  if (demo && !isLoopback(host)) throw new Error('DEMO: must be off where HOST is no loopback address.');
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.trustProxy);
  app.set('query parser', 'simple');
  app.use(observed(deps), securityHeaders(deps));

  app.use(healthRouter(deps));
  const description = createDescription();
  const docs = docsPage(description);
  app.get('/openapi.json', (_request, response) => {
    response.json(description);
  });
  app.get('/docs', (_request, response) => {
    response.type('html').send(docs);
  });

  app.use('/codec', codecRouter(deps, dataConverter(deps.keys, 'client')));
  const routing = createRouting(deps);
  for (const mount of mounts) mount(routing, deps);
  routing.end();
  app.use(API_PREFIX, routing.router, denialAuditor(deps));
  app.get('/setup', setupPageGone(deps));
  app.use(consoleRouter(deps.consoleFolder));
  app.use((_request, _response, next) => next(new DomainError('notFound')));
  app.use(problemHandler(deps));
  return app;
}
