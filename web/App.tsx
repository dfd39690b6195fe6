import { Skeleton } from 'antd';
import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Route, Routes, useLocation, useSearchParams } from 'react-router';
import { rolesOf, useMe } from './api/me.ts';
import { useStepUp } from './api/stepUp.ts';
import { Boundary } from './components/Boundary.tsx';
import { NoPage } from './components/NoPage.tsx';
import { ProblemNotice } from './components/ProblemNotice.tsx';
import { Shell } from './components/Shell.tsx';
import Inbox from './pages/Inbox.tsx';
import { homeFor } from './places.tsx';
import { adoptPreferences } from './preferences.ts';

const Setup = lazy(() => import('./pages/Setup.tsx'));
const Proven = lazy(() => import('./pages/Proven.tsx'));
const StepUpDialog = lazy(() => import('./components/signIn/StepUpDialog.tsx'));
const SignIn = lazy(() => import('./pages/SignIn.tsx'));
const Cases = lazy(() => import('./pages/Cases.tsx'));
const Case = lazy(() => import('./pages/Case.tsx'));
const Desk = lazy(() => import('./pages/Desk.tsx'));
const Dashboard = lazy(() => import('./pages/Dashboard.tsx'));
const ApprovalForm = lazy(() => import('./pages/ApprovalForm.tsx'));
const YearlyReport = lazy(() => import('./pages/YearlyReport.tsx'));
const NewRecommendation = lazy(() => import('./pages/NewRecommendation.tsx'));
const Recommendation = lazy(() => import('./pages/Recommendation.tsx'));
const Accounts = lazy(() => import('./pages/Accounts.tsx'));
const Account = lazy(() => import('./pages/Account.tsx'));
const Editions = lazy(() => import('./pages/Editions.tsx'));
const Edition = lazy(() => import('./pages/Edition.tsx'));
const Exclusivity = lazy(() => import('./pages/Exclusivity.tsx'));
const Receipt = lazy(() => import('./pages/Receipt.tsx'));
const Project = lazy(() => import('./pages/Project.tsx'));
const VisitEntry = lazy(() => import('./pages/VisitEntry.tsx'));
const Visits = lazy(() => import('./pages/Visits.tsx'));
const Agenda = lazy(() => import('./pages/Agenda.tsx'));
const CampaignReport = lazy(() => import('./pages/CampaignReport.tsx'));
const Supervision = lazy(() => import('./pages/Supervision.tsx'));
const Campaigns = lazy(() => import('./pages/Campaigns.tsx'));
const Campaign = lazy(() => import('./pages/Campaign.tsx'));
const Clients = lazy(() => import('./pages/Clients.tsx'));
const Client = lazy(() => import('./pages/Client.tsx'));
const Imports = lazy(() => import('./pages/Imports.tsx'));
const Import = lazy(() => import('./pages/Import.tsx'));
const OperationKinds = lazy(() => import('./pages/OperationKinds.tsx'));
const Policy = lazy(() => import('./pages/Policy.tsx'));
const PolicyNew = lazy(() => import('./pages/PolicyNew.tsx'));
const Calendars = lazy(() => import('./pages/Calendars.tsx'));
const People = lazy(() => import('./pages/People.tsx'));
const Identities = lazy(() => import('./pages/Identities.tsx'));
const Person = lazy(() => import('./pages/Person.tsx'));
const Unit = lazy(() => import('./pages/Unit.tsx'));
const Delegations = lazy(() => import('./pages/Delegations.tsx'));
const Mine = lazy(() => import('./pages/Mine.tsx'));
const Workflows = lazy(() => import('./pages/Workflows.tsx'));
const Workflow = lazy(() => import('./pages/Workflow.tsx'));
const Audit = lazy(() => import('./pages/Audit.tsx'));
const LocalAccounts = lazy(() => import('./pages/LocalAccounts.tsx'));
const Help = lazy(() => import('./pages/Help.tsx'));
const Administration = lazy(() => import('./pages/Administration.tsx'));
const Proposals = lazy(() => import('./pages/Proposals.tsx'));
const Health = lazy(() => import('./pages/Health.tsx'));
const Roles = lazy(() => import('./pages/Roles.tsx'));
const More = lazy(() => import('./pages/More.tsx'));

/** Signed in or not, and then which page. Every page is its own file in the build, so that the first one is there soon; the inbox, which most people open first, comes with the console. */
export function App() {
  const me = useMe();
  const stepUp = useStepUp();
  const { pathname, search } = useLocation();
  const kept = me.data?.preferences;
  useEffect(() => {
    if (kept) adoptPreferences(kept);
  }, [kept]);
  const waiting = <Skeleton active paragraph={{ rows: 6 }} style={{ padding: 24 }} />;

  if (me.data === undefined)
    return me.isError ? <ProblemNotice error={me.error} onRetry={() => me.refetch()} /> : waiting;
  if (me.data === null) {
    const next = pathname === '/sign-in' ? '/' : pathname + search;
    return (
      <Suspense fallback={waiting}>
        <Routes>
          <Route path="/sign-in" element={<SignIn />} />
          <Route path="/setup" element={<Setup />} />
          <Route path="*" element={<Navigate to={`/sign-in?next=${encodeURIComponent(next)}`} replace />} />
        </Routes>
      </Suspense>
    );
  }
  return (
    <Shell me={me.data}>
      <Boundary place={pathname}>
        <Suspense fallback={waiting}>
          <Routes>
            <Route path="/" element={<Navigate to={homeFor(rolesOf(me.data))} replace />} />
            <Route path="/sign-in" element={<Onward home={homeFor(rolesOf(me.data))} />} />
            <Route path="/inbox" element={<Inbox />} />
            <Route path="/desk" element={<Desk />} />
            <Route path="/cases" element={<Cases />} />
            <Route path="/cases/:id" element={<Case me={me.data} />} />
            <Route path="/dashboard" element={<Dashboard />} />
            <Route path="/cases/:id/form" element={<ApprovalForm me={me.data} />} />
            <Route path="/cases/:id/yearly-report" element={<YearlyReport me={me.data} />} />
            <Route path="/recommendations/new" element={<NewRecommendation />} />
            <Route path="/recommendations/:id" element={<Recommendation />} />
            <Route path="/accounts" element={<Accounts />} />
            <Route path="/projects/:id" element={<Project />} />
            <Route path="/accounts/:id" element={<Account />} />
            <Route path="/editions" element={<Editions />} />
            <Route path="/editions/:id" element={<Edition />} />
            <Route path="/exclusivity" element={<Exclusivity me={me.data} />} />
            <Route path="/exclusivity/:id" element={<Receipt />} />
            <Route path="/accounts/:id/visits/new" element={<VisitEntry me={me.data} />} />
            <Route path="/visits" element={<Visits />} />
            <Route path="/campaigns/:year/agenda" element={<Agenda me={me.data} />} />
            <Route path="/campaigns/:year/report" element={<CampaignReport />} />
            <Route path="/supervision" element={<Supervision />} />
            <Route path="/campaigns" element={<Campaigns />} />
            <Route path="/campaigns/:year" element={<Campaign />} />
            <Route path="/clients" element={<Clients />} />
            <Route path="/clients/:id" element={<Client />} />
            <Route path="/imports" element={<Imports />} />
            <Route path="/imports/:id" element={<Import />} />
            <Route path="/operation-kinds" element={<OperationKinds />} />
            <Route path="/policy" element={<Policy />} />
            <Route path="/policy/new" element={<PolicyNew />} />
            <Route path="/calendars" element={<Calendars />} />
            <Route path="/people" element={<People />} />
            <Route path="/identities" element={<Identities />} />
            <Route path="/people/:id" element={<Person />} />
            <Route path="/units/:id" element={<Unit />} />
            <Route path="/delegations" element={<Delegations />} />
            <Route path="/me" element={<Mine />} />
            <Route path="/workflows" element={<Workflows />} />
            <Route path="/workflows/:id" element={<Workflow />} />
            <Route path="/audit" element={<Audit />} />
            <Route path="/proven" element={<Proven />} />
            <Route path="/local-accounts" element={<LocalAccounts />} />
            <Route path="/help" element={<Help />} />
            <Route path="/help/:chapter" element={<Help />} />
            <Route path="/overview" element={<Administration me={me.data} />} />
            <Route path="/proposals" element={<Proposals />} />
            <Route path="/health" element={<Health />} />
            <Route path="/roles" element={<Roles />} />
            <Route path="/more" element={<More me={me.data} />} />
            <Route path="*" element={<NoPage />} />
          </Routes>
        </Suspense>
      </Boundary>
      {stepUp && (
        <Suspense fallback={null}>
          <StepUpDialog onDone={stepUp} />
        </Suspense>
      )}
    </Shell>
  );
}

/** Once signed in, to where one was going: a path of the console's own, never another host. */
function Onward({ home }: { readonly home: string }) {
  const [search] = useSearchParams();
  const next = search.get('next') ?? '';
  return <Navigate to={/^\/(?![/\\])[\x21-\x7e]*$/.test(next) && next !== '/' ? next : home} replace />;
}
