import { useWords } from '../../words.ts';

type Props = {
  /** How many were scored 0–9, 10–19, … 90–100. */
  readonly scores: readonly number[];
  readonly before: readonly number[] | null;
};

/** How many accounts were scored how, from the lowest band that has one to the highest; said in words while none has. */
export function ScoreBands({ scores, before }: Props) {
  const { t } = useWords();
  const bands = scores.map((count, at) => ({ at, count, was: before?.[at] ?? null }));
  const counted = bands.filter(({ count, was }) => count + (was ?? 0) > 0);
  const [first, last] = [counted[0], counted.at(-1)];
  if (!first || !last) return <p className="soft">{t('campaignReport.noScores')}</p>;
  const most = Math.max(...counted.map(({ count, was }) => Math.max(count, was ?? 0)));
  return (
    <ul className="score-bands">
      {bands.slice(first.at, last.at + 1).map(({ at, count, was }) => (
        <li key={at}>
          <span className="figure">
            {t('campaignReport.bandIs', { from: at * 10, to: at === 9 ? 100 : at * 10 + 9 })}
          </span>
          <span className="meter" aria-hidden="true">
            <i style={{ width: `${(100 * count) / most}%` }} />
          </span>
          <span className="figure">
            {t('campaignReport.accountsAre', { count })}{' '}
            {was !== null && <small className="soft">{t('campaignReport.before', { count: was })}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
