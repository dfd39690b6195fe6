import type { MeasureView } from '../../../api/contract/suggestions.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import '../../styles/plans.css';

/** The measures of a plan as a board: what, by whom, until when, and at a glance what has become of each. */
export function MeasureBoard({ measures }: { readonly measures: readonly MeasureView[] }) {
  const { t, called } = useWords();
  return (
    <ol className="measures" aria-label={t('plan.measures')}>
      {measures.map((measure) => (
        <li key={measure.id} className={`measure ${measure.overdue ? 'overdue' : measure.state}`}>
          <div className="break">{measure.text}</div>
          <div className="small soft row">
            <span>{called(measure.owner)}</span>
            <span className="figure">
              {t('measure.due', { day: measure.dueOn })}
              {measure.firstDueOn !== measure.dueOn && ` ${t('measure.firstDue', { day: measure.firstDueOn })}`}
            </span>
            {measure.doneAt && (
              <span>
                {t('measure.confirmedBy', { name: called(measure.confirmedBy), day: dayText(measure.doneAt) })}
              </span>
            )}
            {!measure.doneAt && measure.lastNote && (
              <span>
                {t('measure.lastNote', { name: called(measure.lastNote.by), day: dayText(measure.lastNote.at) })}
              </span>
            )}
          </div>
          <MeasureState measure={measure} />
        </li>
      ))}
    </ol>
  );
}

/** What has become of a measure; overdue says so instead of merely being open. */
export function MeasureState({ measure: { state, overdue } }: { readonly measure: MeasureView }) {
  const { t, named } = useWords();
  const tone = state === 'done' ? 'green' : overdue || state === 'silent' ? 'red' : state === 'reported' ? 'amber' : '';
  return (
    <span className="measure-state row">
      <span className={`chip ${tone}`}>{named('measureState', state)}</span>
      {overdue && state !== 'silent' && <span className="chip red">{t('measure.overdue')}</span>}
    </span>
  );
}
