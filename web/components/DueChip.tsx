import { deadline } from '../../domain/deadline.ts';
import { dueText } from '../format.ts';
import { useWords } from '../words.ts';

type Props = {
  readonly due: string | null | undefined;
  /** Whether little time is left in business days, where the API says so. */
  readonly soon?: boolean | undefined;
  /** How many business days are left, where the API says so. */
  readonly left?: number | null | undefined;
};

/** Until when, in red, amber or green, and in words, so that colour is never the only sign. */
export function DueChip({ due, soon, left }: Props) {
  const { t } = useWords();
  if (!due) return <span className="chip">{t('due.none')}</span>;
  const { level, code, days, day, time } = deadline(Date.parse(due), Date.now(), { soon, left });
  return (
    <span className={`chip ${level}`} title={dueText(due)}>
      {t(`due.${code}`, { days, time, day: day.slice(5), due: dueText(due) })}
    </span>
  );
}
