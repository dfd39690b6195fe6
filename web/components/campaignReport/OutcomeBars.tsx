import type { CampaignReport, ReviewFigures } from '../../../api/contract/campaignReport.ts';
import { useWords } from '../../words.ts';

const parts = ['maintain', 'intensify', 'terminate', 'other'] as const;
type Part = (typeof parts)[number];

/** What is neither of the three is open, left out, or ended without a decision. */
const countOf = (figures: ReviewFigures, part: Part): number =>
  part === 'other' ? figures.open + figures.excluded + figures.ended : figures[part];

/** The outcomes of each unit as a bar, with a thin one of the year before under it. */
export function OutcomeBars({ units }: { readonly units: CampaignReport['units'] }) {
  const { t, called } = useWords();
  const most = Math.max(1, ...units.flatMap(({ figures, before }) => [figures.accounts, before?.accounts ?? 0]));
  return (
    <>
      <ul className="outcome-key small" aria-label={t('dash.legend')}>
        {parts.map((part) => (
          <li key={part}>
            <i className={part} aria-hidden />
            {t(`campaignReport.${part}`)}
          </li>
        ))}
      </ul>
      <ul className="outcome-bars">
        {units.map(({ unit, figures, before }) => (
          <li key={unit?.id ?? ''}>
            <span>{called(unit) || '—'}</span>
            <span>
              <Bar figures={figures} most={most} name={t('campaignReport.thisYear')} />
              {before && <Bar figures={before} most={most} name={t('campaignReport.yearBefore')} before />}
            </span>
            <span className="figure">{figures.accounts}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

type BarProps = {
  readonly figures: ReviewFigures;
  readonly most: number;
  readonly name: string;
  readonly before?: boolean;
};

function Bar({ figures, most, name, before = false }: BarProps) {
  const { t } = useWords();
  const told = parts.map((part) => `${t(`campaignReport.${part}`)} ${countOf(figures, part)}`).join(t('dash.comma'));
  return (
    <span className={before ? 'outcome-bar before' : 'outcome-bar'} role="img" aria-label={`${name}: ${told}`}>
      {parts.map((part) => (
        <i key={part} className={part} style={{ width: `${(100 * countOf(figures, part)) / most}%` }} />
      ))}
    </span>
  );
}
