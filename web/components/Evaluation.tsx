import type { EvaluationView } from '../../api/contract/cases.ts';
import { criteria } from '../../domain/recommendation.ts';
import { useWords } from '../words.ts';
import { Sheet } from './Sheet.tsx';

/** The evaluators' scores as mean and range (advisory), what departments said, and who was silent. */
export function Evaluation({ value }: { readonly value: EvaluationView }) {
  const { t, called, language } = useWords();
  const label = (code: string) => {
    const criterion = criteria.find((each) => each.code === code);
    return criterion ? (language === 'en' ? criterion.en : criterion.zh) : code;
  };
  const silent = value.silent.map(called).join(t('list.comma'));
  return (
    <div className="stack">
      <h3>{t('evaluation.title')}</h3>
      <Sheet
        narrow
        caption={t('evaluation.title')}
        rows={value.scores}
        rowKey={(score) => score.criterion}
        columns={[
          { title: t('evaluation.criterion'), cell: (score) => label(score.criterion) },
          { title: t('evaluation.mean'), cell: (score) => score.mean?.toFixed(1) ?? '—' },
          {
            title: t('evaluation.range'),
            cell: (score) => (score.lowest === null ? '—' : `${score.lowest}–${score.highest}`),
          },
        ]}
      />
      <span className="small soft">
        {t('evaluation.given', { names: value.given.map(called).join(t('list.comma')) || '—' })}
        {silent && ` · ${t('evaluation.silent', { names: silent })}`}
      </span>
      {value.departments.length > 0 && (
        <ul className="cards small">
          {value.departments.map(({ unit, agrees, silent: quiet }) => (
            <li key={unit.id} className="row">
              <span>{called(unit)}</span>
              <span className={`chip ${agrees === false ? 'red' : agrees ? 'green' : ''}`}>
                {agrees === null
                  ? t(quiet ? 'evaluation.noComment' : 'evaluation.pending')
                  : t(agrees ? 'field.agree' : 'field.disagree')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
