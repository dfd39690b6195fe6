import type { CaseView } from '../../../api/contract/cases.ts';
import type { ReviewMatter } from '../../../api/contract/reviews.ts';
import { caseKey } from '../../api/cases.ts';
import { useOne } from '../../api/list.ts';

/** What the office assesses: the review of the case; null for any other, and while it is not read yet. */
export function useAssessed(caseId: string | null): ReviewMatter | null {
  const { data } = useOne<CaseView>([...caseKey(caseId ?? ''), 'view'], caseId && `/cases/${caseId}`);
  return data?.matter?.process === 'review' ? data.matter : null;
}

/** Whether an assessment departs from what the score suggests, or leaves a grade that the totals do not give. */
export const departs = (assessed: ReviewMatter | null, option: unknown, keepsGrade: boolean): boolean =>
  assessed !== null && (option !== assessed.score?.suggests || (keepsGrade && assessed.gradeProposed !== null));
