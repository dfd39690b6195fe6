import { dueLevel, dueText } from '../format.ts';
import { useWords } from '../words.ts';

type Props = {
  readonly due: string | null | undefined;
  /** Whether little time is left in business days, where the API says so. */
  readonly soon?: boolean | undefined;
};

/** Until when, in red, amber or green, and in words, so that colour is never the only sign. */
export function DueChip({ due, soon }: Props) {
  const { t } = useWords();
  if (!due) return <span className="chip">{t('due.none')}</span>;
  const level = dueLevel(due, Date.now(), soon);
  return (
    <span className={`chip ${level}`}>
      {t(level === 'red' ? 'due.over' : level === 'amber' ? 'due.soon' : 'due.by', { due: dueText(due) })}
    </span>
  );
}
