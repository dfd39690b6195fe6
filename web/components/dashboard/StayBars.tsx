import type { StayFigures } from '../../../api/contract/dashboard.ts';
import { useWords } from '../../words.ts';
import { type Column, Sheet } from '../Sheet.tsx';
import { useStateName } from './links.ts';

const parts = ['quarter', 'half', 'threeQuarters', 'whole', 'late'] as const;
const countsOf = (stay: StayFigures): readonly number[] => [...stay.onTime, stay.late];

/** How stays in each state used their time: one bar a state, its parts by share of the allowed time, the late ones last. */
export function StayBars({ stays }: { readonly stays: readonly StayFigures[] }) {
  const { t, named } = useWords();
  const several = new Set(stays.map(({ process }) => process)).size > 1;
  const stateName = useStateName();
  const { dueText, daysText, shareText } = useStayWords();
  return (
    <>
      <ul className="stay-legend small" aria-label={t('dash.legend')}>
        {parts.map((part) => (
          <li key={part}>
            <span className={`swatch ${part}`} aria-hidden /> {t(`dash.used.${part}`)}
          </li>
        ))}
      </ul>
      <ul className="stays">
        {stays.map((stay) => (
          <li key={`${stay.process} ${stay.state}`}>
            <span className="stay-name">
              <strong>{stateName(stay.process, stay.state)}</strong>
              <span className="small soft">
                {several && `${named('process', stay.process)} · `}
                {dueText(stay)}
              </span>
            </span>
            {stay.ended === 0 ? (
              <span className="stay-bar none small soft">{t('dash.stays.none')}</span>
            ) : (
              <span
                className="stay-bar"
                role="img"
                aria-label={parts
                  .map((part, at) => `${t(`dash.used.${part}`)}: ${countsOf(stay)[at]}`)
                  .join(t('dash.comma'))}
              >
                {parts.map((part, at) => {
                  const count = countsOf(stay)[at] ?? 0;
                  return (
                    count > 0 && (
                      <i
                        key={part}
                        className={part}
                        style={{ flexGrow: count }}
                        title={`${t(`dash.used.${part}`)}: ${count}`}
                      />
                    )
                  );
                })}
              </span>
            )}
            <span className="stay-words small">
              {stay.ended > 0 && (
                <>
                  <span>{t('dash.median', { days: daysText(stay.medianDays) })}</span>
                  <span>{t('dash.ninety', { days: daysText(stay.ninetyDays) })}</span>
                  <span className={stay.late > 0 ? 'late-of' : undefined}>
                    {t('dash.lateShare', { share: shareText(stay), late: stay.late, ended: stay.ended })}
                  </span>
                </>
              )}
              {stay.going > 0 && (
                <span className="soft">{t('dash.going', { going: stay.going, late: stay.goingLate })}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The same as a table. */
export function StaySheet({ stays }: { readonly stays: readonly StayFigures[] }) {
  const { t } = useWords();
  const stateName = useStateName();
  const { dueText, daysText, shareText } = useStayWords();
  const columns: Column<StayFigures>[] = [
    { title: t('dash.state'), cell: (stay) => stateName(stay.process, stay.state) },
    { title: t('dash.due'), cell: dueText },
    { title: t('dash.ended'), cell: (stay) => stay.ended, number: true },
    ...parts.map((part, at) => ({
      title: t(`dash.used.${part}`),
      cell: (stay: StayFigures) => countsOf(stay)[at],
      number: true,
    })),
    { title: t('dash.medianHead'), cell: (stay) => daysText(stay.medianDays), number: true },
    { title: t('dash.ninetyHead'), cell: (stay) => daysText(stay.ninetyDays), number: true },
    { title: t('dash.lateShareHead'), cell: shareText, number: true },
    { title: t('dash.goingHead'), cell: (stay) => stay.going, number: true },
    { title: t('dash.goingLateHead'), cell: (stay) => stay.goingLate, number: true },
  ];
  return (
    <Sheet
      caption={t('dash.stays')}
      columns={columns}
      rows={stays}
      rowKey={(stay) => `${stay.process} ${stay.state}`}
    />
  );
}

function useStayWords() {
  const { t, language } = useWords();
  const figure = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 });
  return {
    dueText: ({ dueDays }: StayFigures): string => t('dash.dueDays', { days: dueDays.join(' / ') }),
    daysText: (days: number | null): string => {
      if (days === null) return '—';
      if (days < 1 / 24) return t('dash.lessThanHour');
      return days < 1 ? t('dash.hours', { count: figure(days * 24) }) : t('dash.days', { count: figure(days) });
    },
    shareText: ({ late, ended }: StayFigures): string => (ended === 0 ? '—' : `${figure((100 * late) / ended)}%`),
  };
}
