import type { CaseView, EvaluationView, TimelineEntry } from '../../api/contract/cases.ts';
import { criteria } from '../../domain/recommendation.ts';
import { useTimeline } from '../api/cases.ts';
import { useWords } from '../words.ts';
import '../styles/evaluation.css';

const SCALE = [1, 2, 3, 4, 5] as const;

/** The evaluators' scores as mean and range (advisory), who was silent, and what departments said, dissent set apart. */
export function Evaluation({ value, evaluation }: { readonly value: CaseView; readonly evaluation: EvaluationView }) {
  const { t, called, language } = useWords();
  const facts = useTimeline(value.id, value.seq).data ?? [];
  const given = evaluation.given.map(called).join(t('list.comma'));
  const silent = evaluation.silent.map(called).join(t('list.comma'));
  const opinions = facts.filter(({ action, text }) => action === 'evaluate' && typeof text?.opinion === 'string');
  const dissent = evaluation.departments.filter(({ agrees }) => agrees === false);
  const others = evaluation.departments.filter(({ agrees }) => agrees !== false);
  return (
    <>
      <div>
        <h3>
          {t('evaluation.title')} <span className="chip">{t('evaluation.advisory')}</span>
        </h3>
        <ul className="scores" aria-label={t('evaluation.title')}>
          {criteria.map(({ code, zh, en }) => (
            <Score
              key={code}
              label={language === 'en' ? en : zh}
              score={evaluation.scores.find(({ criterion }) => criterion === code)}
            />
          ))}
        </ul>
        <p className="small soft" style={{ margin: '6px 0 0' }}>
          {t('evaluation.given', { names: given || '—' })}
          {silent && (
            <>
              {' · '}
              <span className="chip amber">{t('evaluation.silent', { names: silent })}</span>
            </>
          )}
        </p>
        {opinions.map((fact) => (
          <Said key={fact.seq} fact={fact} />
        ))}
      </div>
      {evaluation.departments.length > 0 && (
        <div>
          <h3>{t('evaluation.departments')}</h3>
          {dissent.map((department) => (
            <div key={department.taskId} className="dissent">
              <div className="row">
                <strong>{t('evaluation.dissent', { unit: called(department.unit) })}</strong>
                <span className="chip red">{t('field.disagree')}</span>
              </div>
              <Said fact={facts.find(({ taskId, kind }) => taskId === department.taskId && kind === 'decided')} />
            </div>
          ))}
          <ul className="cards small">
            {others.map((department) => (
              <li key={department.taskId}>
                <div className="row">
                  <span>{called(department.unit)}</span>
                  <span className={`chip ${department.agrees ? 'green' : ''}`}>
                    {department.agrees
                      ? t('field.agree')
                      : t(department.silent ? 'evaluation.noComment' : 'evaluation.pending')}
                  </span>
                </div>
                <Said fact={facts.find(({ taskId, kind }) => taskId === department.taskId && kind === 'decided')} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** One criterion: the range from lowest to highest and the mean on the scale 1–5. */
function Score({
  label,
  score,
}: {
  readonly label: string;
  readonly score: EvaluationView['scores'][number] | undefined;
}) {
  const { t } = useWords();
  const at = (points: number) => `${((points - 1) / 4) * 100}%`;
  const { mean = null, lowest = null, highest = null } = score ?? {};
  const known = mean !== null && lowest !== null && highest !== null;
  return (
    <li>
      <span className="label">{label}</span>
      <span className="scale" aria-hidden="true">
        {SCALE.map((points) => (
          <i key={points} style={{ left: at(points) }} />
        ))}
        {known && (
          <>
            <b className="range" style={{ left: at(lowest), right: `${100 - ((highest - 1) / 4) * 100}%` }} />
            <b className="mean" style={{ left: at(mean) }} />
          </>
        )}
      </span>
      <span className="figure">
        {known ? t('evaluation.score', { mean: mean.toFixed(1), lowest, highest }) : t('evaluation.noScore')}
      </span>
    </li>
  );
}

function Said({ fact }: { readonly fact: TimelineEntry | undefined }) {
  const { t, called } = useWords();
  const opinion = fact?.text?.opinion;
  if (typeof opinion !== 'string' || !fact) return null;
  return (
    <p className="quote break" style={{ marginTop: 6 }}>
      <strong>{t('task.said', { name: called(fact.actor) })}</strong> {opinion}
    </p>
  );
}
