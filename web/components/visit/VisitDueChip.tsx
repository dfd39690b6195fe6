import type { VisitList } from '../../../api/contract/visits.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';

const DAY_MS = 86_400_000;
const SOON = 7;

/** How long until the next visit is due, or since when it is overdue; in words, colour is never the only sign. */
export function VisitDueChip({ due }: { readonly due: NonNullable<VisitList['due']> }) {
  const { t } = useWords();
  const left = Math.round((Date.parse(due.dueOn) - Date.parse(today())) / DAY_MS);
  const level = left < 0 ? 'red' : left <= SOON ? 'amber' : 'green';
  const said =
    left < 0
      ? t('visit.overdueBy', { count: -left })
      : left === 0
        ? t('visit.dueToday')
        : t('visit.dueIn', { count: left });
  return (
    <span className={`chip ${level}`} title={due.dueOn}>
      {said}
    </span>
  );
}
