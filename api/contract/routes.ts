import { absenceRoutes } from './absences.ts';
import { accountReportRoutes } from './accountReports.ts';
import { accountRoutes } from './accounts.ts';
import { accountTimelineRoutes } from './accountTimeline.ts';
import { agendaRoutes } from './agenda.ts';
import { allocationRoutes } from './allocations.ts';
import { attachmentRoutes } from './attachments.ts';
import { auditRoutes } from './audit.ts';
import { breachRoutes } from './breaches.ts';
import { calendarRoutes } from './calendars.ts';
import { campaignReportRoutes } from './campaignReport.ts';
import { campaignRoutes } from './campaigns.ts';
import { caseRoutes } from './cases.ts';
import { clientRoutes } from './clients.ts';
import { coHolderRoutes } from './coHolders.ts';
import { dashboardRoutes } from './dashboard.ts';
import { delegationRoutes } from './delegations.ts';
import { deskRoutes } from './desk.ts';
import { editionRoutes } from './editions.ts';
import { enteringRoutes } from './entering.ts';
import { eventRoutes } from './events.ts';
import { exclusivityRoutes } from './exclusivity.ts';
import { exitRoutes } from './exits.ts';
import { filterRoutes } from './filters.ts';
import { healthRoutes } from './health.ts';
import { identityRoutes } from './identities.ts';
import { importRoutes } from './imports.ts';
import { localAccountRoutes } from './localAccounts.ts';
import { marketingTaskRoutes } from './marketingTasks.ts';
import { meRoutes } from './me.ts';
import { membershipRoutes } from './memberships.ts';
import { notificationRoutes } from './notifications.ts';
import { organisationRoutes } from './organisation.ts';
import { personRoutes } from './persons.ts';
import { policyRoutes } from './policies.ts';
import { projectRoutes } from './projects.ts';
import { proposalRoutes } from './proposals.ts';
import { reassignmentRoutes } from './reassignments.ts';
import { recommendationRoutes } from './recommendations.ts';
import { relistingRoutes } from './relistings.ts';
import { reviewRoutes } from './reviews.ts';
import { roleRoutes } from './roles.ts';
import type { Route } from './route.ts';
import { setupRoutes } from './setup.ts';
import { signInRoutes } from './signIn.ts';
import { suggestionRoutes } from './suggestions.ts';
import { taskRoutes } from './tasks.ts';
import { unitRoutes } from './units.ts';
import { visitRoutes } from './visits.ts';
import { workflowRoutes } from './workflows.ts';
import { yearlyReportRoutes } from './yearlyReports.ts';

/** Every operation of the API, by the heading it stands under in the description. */
export const routeGroups: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  'sign-in': signInRoutes,
  entering: enteringRoutes,
  'local accounts': localAccountRoutes,
  setup: setupRoutes,
  me: meRoutes,
  events: eventRoutes,
  organisation: organisationRoutes,
  units: unitRoutes,
  persons: personRoutes,
  identities: identityRoutes,
  policy: policyRoutes,
  calendars: calendarRoutes,
  clients: clientRoutes,
  exclusivity: exclusivityRoutes,
  breaches: breachRoutes,
  memberships: membershipRoutes,
  recommendations: recommendationRoutes,
  cases: caseRoutes,
  tasks: taskRoutes,
  agenda: agendaRoutes,
  'campaign report': campaignReportRoutes,
  delegations: delegationRoutes,
  filters: filterRoutes,
  notifications: notificationRoutes,
  absences: absenceRoutes,
  accounts: accountRoutes,
  visits: visitRoutes,
  'co-holders': coHolderRoutes,
  allocations: allocationRoutes,
  'account timeline': accountTimelineRoutes,
  'account reports': accountReportRoutes,
  'yearly reports': yearlyReportRoutes,
  'marketing tasks': marketingTaskRoutes,
  reassignments: reassignmentRoutes,
  imports: importRoutes,
  projects: projectRoutes,
  suggestions: suggestionRoutes,
  campaigns: campaignRoutes,
  exits: exitRoutes,
  relistings: relistingRoutes,
  reviews: reviewRoutes,
  editions: editionRoutes,
  dashboard: dashboardRoutes,
  desks: deskRoutes,
  attachments: attachmentRoutes,
  audit: auditRoutes,
  workflows: workflowRoutes,
  proposals: proposalRoutes,
  health: healthRoutes,
  roles: roleRoutes,
};

/** What a bearer token needs for a route. */
export const scopeOf = (route: Route): 'read' | 'decide' | 'admin' =>
  route.scope ?? (route.method === 'get' ? 'read' : 'decide');
