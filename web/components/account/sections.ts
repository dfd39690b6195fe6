import { type ComponentType, lazy } from 'react';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { HoldingsSection } from './HoldingsSection.tsx';

export type SectionProps = { readonly account: AccountView };

/** The parts of an account's page, in their order, each loaded when it is looked at; `file` for who reads its confidential file. */
export const accountSections = [
  { key: 'visits', Section: lazy(() => import('./VisitsSection.tsx')), file: true },
  { key: 'marketing', Section: lazy(() => import('./MarketingTasksSection.tsx')), file: true },
  { key: 'projects', Section: lazy(() => import('./ProjectsSection.tsx')), file: true },
  { key: 'holdings', Section: HoldingsSection },
  { key: 'coHolders', Section: lazy(() => import('./CoHoldersSection.tsx')) },
  { key: 'allocations', Section: lazy(() => import('./AllocationsSection.tsx')) },
  { key: 'group', Section: lazy(() => import('./GroupSection.tsx')) },
  { key: 'reports', Section: lazy(() => import('./ReportsSection.tsx')) },
  { key: 'reviews', Section: lazy(() => import('./ReviewsSection.tsx')), file: true },
  { key: 'warnings', Section: lazy(() => import('./WarningsSection.tsx')) },
  { key: 'plans', Section: lazy(() => import('./PlansSection.tsx')) },
  { key: 'cases', Section: lazy(() => import('./CasesSection.tsx')) },
  { key: 'timeline', Section: lazy(() => import('./TimelineSection.tsx')) },
] as const satisfies readonly {
  readonly key: string;
  readonly Section: ComponentType<SectionProps>;
  readonly file?: true;
}[];
