import {
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  FileAddOutlined,
  FileSearchOutlined,
  IdcardOutlined,
  InboxOutlined,
  KeyOutlined,
  PartitionOutlined,
  ReadOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { WordKey } from './words.ts';

export type Place = {
  readonly path: string;
  readonly name: WordKey;
  readonly icon: ReactNode;
  /** Only for who has this role, or one of these; for everybody where there is none. */
  readonly role?: string | readonly string[];
};

/** Where one can go, in the order of the menu. */
const places: readonly Place[] = [
  { path: '/inbox', name: 'nav.inbox', icon: <InboxOutlined /> },
  { path: '/cases', name: 'nav.cases', icon: <FileSearchOutlined /> },
  { path: '/recommendations/new', name: 'nav.recommend', icon: <FileAddOutlined />, role: 'submitter' },
  { path: '/dashboard', name: 'nav.dashboard', icon: <BarChartOutlined /> },
  { path: '/accounts', name: 'nav.accounts', icon: <BankOutlined /> },
  { path: '/policy', name: 'nav.policy', icon: <ReadOutlined /> },
  { path: '/people', name: 'nav.people', icon: <TeamOutlined /> },
  { path: '/identities', name: 'nav.identities', icon: <IdcardOutlined />, role: 'securityAdmin' },
  { path: '/workflows', name: 'nav.workflows', icon: <PartitionOutlined />, role: 'systemAdmin' },
  { path: '/audit', name: 'nav.audit', icon: <AuditOutlined />, role: 'auditor' },
  {
    path: '/local-accounts',
    name: 'nav.localAccounts',
    icon: <KeyOutlined />,
    role: ['securityAdmin', 'systemAdmin', 'auditor'],
  },
  { path: '/me', name: 'nav.mine', icon: <UserOutlined /> },
];

export const placesFor = (roles: readonly string[]): readonly Place[] =>
  places.filter(({ role }) => role === undefined || [role].flat().some((each) => roles.includes(each)));
