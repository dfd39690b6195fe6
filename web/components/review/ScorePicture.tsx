import type { ScoreOfYear } from '../../../api/contract/reviews.ts';
import type { ScorePart } from '../../../domain/score.ts';
import { amountText } from '../../format.ts';
import { useWords } from '../../words.ts';
import '../../styles/score.css';
import { optionTone } from './optionTone.ts';

type Props = { readonly score: ScoreOfYear; readonly before: number | null };

/** 年度评分 (Article 10.3): the whole on its scale, with the lines at which it suggests another thing and last year's; then part by part. */
export function ScorePicture({ score, before }: Props) {
  const { t, named } = useWords();
  const { total, suggests, intensifyFrom, terminateBelow, parts } = score;
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <div className="year-score">
      <div className="row">
        <strong className="figure total">{total === null ? t('score.unmeasured') : total}</strong>
        {total !== null && <span className="soft small">{t('score.outOf')}</span>}
        <span className={`chip ${optionTone[suggests]}`}>
          {t('score.suggests', { option: named('option', suggests) })}
        </span>
        <span className="soft small">{t('score.lines', { intensify: intensifyFrom, terminate: terminateBelow })}</span>
      </div>
      <div className="scale" aria-hidden="true">
        <i className="terminate" style={{ left: 0, width: `${terminateBelow}%` }} />
        <i className="maintain" style={{ left: `${terminateBelow}%`, width: `${intensifyFrom - terminateBelow}%` }} />
        <i className="intensify" style={{ left: `${intensifyFrom}%`, right: 0 }} />
        {before !== null && <b className="before" style={{ left: `${before}%` }} />}
        {total !== null && <b style={{ left: `${total}%` }} />}
      </div>
      <div className="scale-words small soft" aria-hidden="true">
        <span style={{ width: `${terminateBelow}%` }}>{named('option', 'terminate')}</span>
        <span style={{ width: `${intensifyFrom - terminateBelow}%` }}>{named('option', 'maintain')}</span>
        <span style={{ width: `${100 - intensifyFrom}%` }}>{named('option', 'intensify')}</span>
      </div>
      <ul className="score-parts" aria-label={t('score.parts')}>
        {parts.map(({ part, weight, value }) => (
          <li key={part}>
            <span className="label">{t(`score.part.${part}`)}</span>
            <span className="meter" aria-hidden="true">
              <i style={{ width: `${value ?? 0}%` }} />
            </span>
            <span className="figure value">{value ?? '—'}</span>
            <span className="small soft inputs">
              <InputsOf score={score} part={part} />
              {' · '}
              {value === null || weight === 0 ? t('score.notCounted') : t('score.weight', { weight, whole })}
            </span>
          </li>
        ))}
      </ul>
      <p className="small soft">{t('score.about')}</p>
    </div>
  );
}

/** What a part looked at, in words; what could not be measured is said. */
function InputsOf({ score: { inputs }, part }: { readonly score: ScoreOfYear; readonly part: ScorePart }) {
  const { t, named, language } = useWords();
  const amount = (yuan: string | null) => (yuan === null ? '0' : amountText(yuan, language));
  const rating = (given: number | null) =>
    given === null ? t('score.unrated') : t('score.rated', { rating: named('rating', String(given)), points: given });
  switch (part) {
    case 'totals':
      return t('score.totals', { totals: amount(inputs.totalsYuan), line: amount(inputs.lineYuan) });
    case 'planned':
      return t('score.planned', { planned: amount(inputs.plannedYuan), line: amount(inputs.lineYuan) });
    case 'payment':
      return inputs.receivableYuan === null || Number(inputs.receivableYuan) <= 0
        ? t('score.nothingReceivable')
        : t('score.payment', { receivable: amount(inputs.receivableYuan), received: amount(inputs.receivedYuan) });
    case 'visits':
      return inputs.visitsDue === 0
        ? t('score.noVisitDue', { done: inputs.visitsDone })
        : t('score.visits', { done: inputs.visitsDone, due: inputs.visitsDue });
    default:
      return rating(inputs[part]);
  }
}
