import { lazy, Suspense } from 'react';
import type { CaseView } from '../../api/contract/cases.ts';

const ReassignmentMatter = lazy(() => import('./reassignment/ReassignmentMatter.tsx'));
const CoHolderMatter = lazy(() => import('./CoHolderMatter.tsx'));
const AllocationMatter = lazy(() => import('./AllocationMatter.tsx'));
const BreachMatter = lazy(() => import('./BreachMatter.tsx'));
const MembershipMatter = lazy(() => import('./MembershipMatter.tsx'));
const SuggestionMatter = lazy(() => import('./plan/SuggestionMatter.tsx'));
const ExitMatter = lazy(() => import('./ExitMatter.tsx'));
const ReviewMatter = lazy(() => import('./review/ReviewMatter.tsx'));
const RelistingMatter = lazy(() => import('./RelistingMatter.tsx'));
const PublicationMatter = lazy(() => import('./edition/PublicationMatter.tsx'));

/** What a case is about that is no recommendation; nothing for who may not read it. */
export function CaseMatter({ value }: { readonly value: CaseView }) {
  const { matter } = value;
  if (!matter) return null;
  return (
    <Suspense fallback={null}>
      {matter.process === 'reassignment' && <ReassignmentMatter value={value} matter={matter} />}
      {matter.process === 'coHolder' && <CoHolderMatter value={value} matter={matter} />}
      {matter.process === 'allocation' && <AllocationMatter value={value} matter={matter} />}
      {matter.process === 'breach' && <BreachMatter matter={matter} />}
      {matter.process === 'membership' && <MembershipMatter matter={matter} />}
      {matter.process === 'suggestion' && <SuggestionMatter matter={matter} />}
      {matter.process === 'exit' && <ExitMatter matter={matter} />}
      {matter.process === 'review' && <ReviewMatter value={value} matter={matter} />}
      {matter.process === 'relisting' && <RelistingMatter matter={matter} />}
      {matter.process === 'publication' && <PublicationMatter caseId={value.id} seq={value.seq} />}
    </Suspense>
  );
}
