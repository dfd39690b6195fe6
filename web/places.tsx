import {
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  CalendarOutlined,
  CommentOutlined,
  DashboardOutlined,
  FileAddOutlined,
  FileSearchOutlined,
  FlagOutlined,
  HeartOutlined,
  IdcardOutlined,
  ImportOutlined,
  InboxOutlined,
  KeyOutlined,
  OrderedListOutlined,
  PartitionOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  ShopOutlined,
  SolutionOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { administratorRoles, isAdministratorRole } from '../domain/roles.ts';
import type { WordKey } from './words.ts';

export type Place = {
  readonly path: string;
  readonly name: WordKey;
  readonly icon: ReactNode;
  /** Only for who has one of these roles; for everybody where there is none. */
  readonly roles?: readonly string[];
};

/** Where one can go, in the order of the menu. */
const places: readonly Place[] = [
  { path: '/inbox', name: 'nav.inbox', icon: <InboxOutlined /> },
  { path: '/desk', name: 'nav.desk', icon: <ScheduleOutlined /> },
  { path: '/visits', name: 'nav.visits', icon: <CommentOutlined />, roles: ['accountManager'] },
  { path: '/cases', name: 'nav.cases', icon: <FileSearchOutlined /> },
  { path: '/recommendations/new', name: 'nav.recommend', icon: <FileAddOutlined />, roles: ['submitter'] },
  { path: '/dashboard', name: 'nav.dashboard', icon: <BarChartOutlined /> },
  { path: '/accounts', name: 'nav.accounts', icon: <BankOutlined /> },
  { path: '/editions', name: 'nav.editions', icon: <OrderedListOutlined /> },
  { path: '/supervision', name: 'nav.supervision', icon: <FlagOutlined />, roles: ['office'] },
  {
    path: '/campaigns',
    name: 'nav.campaigns',
    icon: <SolutionOutlined />,
    roles: ['office', 'auditor', 'unitHead', 'marketingDeputy', 'committee'],
  },
  { path: '/clients', name: 'nav.clients', icon: <ShopOutlined /> },
  { path: '/exclusivity', name: 'nav.exclusivity', icon: <SafetyOutlined /> },
  { path: '/imports', name: 'nav.imports', icon: <ImportOutlined />, roles: ['dataClerk', 'office'] },
  { path: '/operation-kinds', name: 'nav.operationKinds', icon: <TagsOutlined />, roles: ['office'] },
  { path: '/policy', name: 'nav.policy', icon: <ReadOutlined /> },
  { path: '/calendars', name: 'nav.calendars', icon: <CalendarOutlined /> },
  { path: '/people', name: 'nav.people', icon: <TeamOutlined /> },
  { path: '/delegations', name: 'nav.delegations', icon: <SwapOutlined /> },
  { path: '/me', name: 'nav.mine', icon: <UserOutlined /> },
];

/** What administrators and the auditor look after; they have no inbox to work through, so it comes first for them. */
const administration: readonly Place[] = [
  { path: '/overview', name: 'nav.overview', icon: <DashboardOutlined />, roles: administratorRoles },
  { path: '/workflows', name: 'nav.workflows', icon: <PartitionOutlined />, roles: ['systemAdmin'] },
  { path: '/roles', name: 'nav.roles', icon: <UsergroupAddOutlined />, roles: ['securityAdmin', 'auditor'] },
  { path: '/audit', name: 'nav.audit', icon: <AuditOutlined />, roles: ['auditor'] },
  {
    path: '/proposals',
    name: 'nav.proposals',
    icon: <SafetyCertificateOutlined />,
    roles: administratorRoles,
  },
  { path: '/identities', name: 'nav.identities', icon: <IdcardOutlined />, roles: ['securityAdmin'] },
  { path: '/local-accounts', name: 'nav.localAccounts', icon: <KeyOutlined />, roles: administratorRoles },
  { path: '/health', name: 'nav.health', icon: <HeartOutlined />, roles: administratorRoles },
];

export const placesFor = (held: readonly string[]): readonly Place[] =>
  [...administration, ...places].filter(
    ({ roles }) => roles === undefined || roles.some((role) => held.includes(role)),
  );

/** Where a group of the menu begins: what is to be done, the registers, oneself. */
export const beginsGroup = (path: string): boolean => ['/inbox', '/accounts', '/me'].includes(path);

/** Where one begins. */
export const homeFor = (held: readonly string[]): string => (held.some(isAdministratorRole) ? '/overview' : '/inbox');
