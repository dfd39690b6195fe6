import { useWords } from '../../words.ts';
import '../../styles/plans.css';

type Props = { readonly done: number; readonly of: number; readonly overdue: number };

/** How far a plan is, as a picture and in words. */
export function ProgressBar({ done, of, overdue }: Props) {
  const { t } = useWords();
  const share = (count: number) => ({ width: `${of === 0 ? 0 : (count / of) * 100}%` });
  return (
    <span className="plan-progress">
      <span className="bar" aria-hidden="true">
        <i className="done" style={share(done)} />
        <i className="late" style={share(overdue)} />
      </span>
      <span className="small soft">
        {t('plan.progress', { done, of })}
        {overdue > 0 && <strong className="late"> {t('plan.overdue', { count: overdue })}</strong>}
      </span>
    </span>
  );
}
