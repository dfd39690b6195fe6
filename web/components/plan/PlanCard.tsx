import { Link } from 'react-router';
import type { PlanView } from '../../../api/contract/suggestions.ts';
import { progressOf } from '../../../domain/plan.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { MeasureBoard } from './MeasureBoard.tsx';
import { ProgressBar } from './ProgressBar.tsx';

/** One plan: what it is to reach, how far it is, and its measures. */
export function PlanCard({ plan, linked = true }: { readonly plan: PlanView; readonly linked?: boolean }) {
  const { t, named } = useWords();
  const tone = plan.result === 'achieved' ? 'green' : plan.result ? 'amber' : plan.state === 'underway' ? 'brand' : '';
  return (
    <article className="stack" aria-label={plan.aim}>
      <div className="row">
        <strong className="break">{plan.aim}</strong>
        <span className={`chip ${tone}`}>
          {plan.result ? named('planResult', plan.result) : named('planState', plan.state)}
        </span>
        <span className="small soft figure">
          {dayText(plan.openedAt)}
          {plan.closedAt && ` – ${dayText(plan.closedAt)}`}
        </span>
        {linked && plan.readable && (
          <Link className="small" to={`/cases/${plan.caseId}`}>
            {t('plan.case', { number: plan.number })}
          </Link>
        )}
      </div>
      <ProgressBar {...progressOf(plan.measures)} overdue={plan.measures.filter(({ overdue }) => overdue).length} />
      <MeasureBoard measures={plan.measures} />
    </article>
  );
}
