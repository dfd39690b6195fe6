import type { CampaignView } from '../../../api/contract/campaigns.ts';
import { type Stage, stages } from '../../../domain/campaign.ts';
import { useWords } from '../../words.ts';
import { type Column, Sheet } from '../Sheet.tsx';

type Row = CampaignView['units'][number];
type Counts = Readonly<Record<Stage, number>>;

/** The accounts of a row that take part, and how many of them are decided. */
export function progressOf(counts: Counts): { readonly all: number; readonly decided: number } {
  const all = stages.reduce((sum, stage) => sum + (stage === 'excluded' ? 0 : counts[stage]), 0);
  return { all, decided: counts.decided };
}

export function sumOf(rows: readonly { readonly counts: Counts }[]): Counts {
  return Object.fromEntries(
    stages.map((stage) => [stage, rows.reduce((sum, { counts }) => sum + counts[stage], 0)]),
  ) as Counts;
}

/** One bar: its parts in the order in which a review goes on. */
export function ProgressBar({ counts }: { readonly counts: Counts }) {
  const { t, named } = useWords();
  const shown = stages.filter((stage) => counts[stage] > 0);
  return (
    <span
      className="campaign-bar"
      role="img"
      aria-label={shown.map((stage) => `${named('campaign.stage', stage)} ${counts[stage]}`).join(t('dash.comma'))}
    >
      {shown.map((stage) => (
        <i
          key={stage}
          className={`stage-${stage}`}
          style={{ flexGrow: counts[stage] }}
          title={`${named('campaign.stage', stage)} ${counts[stage]}`}
        />
      ))}
    </span>
  );
}

/** How far the accounts of each unit are, as bars. */
export function ProgressBars({ rows }: { readonly rows: readonly Row[] }) {
  const { t, named, called } = useWords();
  return (
    <>
      <ul className="campaign-legend small" aria-label={t('dash.legend')}>
        {stages.map((stage) => (
          <li key={stage}>
            <span className={`stage-swatch stage-${stage}`} aria-hidden /> {named('campaign.stage', stage)}
          </li>
        ))}
      </ul>
      <ul className="campaign-bars">
        {rows.map(({ unit, counts }) => {
          const { all, decided } = progressOf(counts);
          return (
            <li key={unit.id}>
              <strong>{called(unit)}</strong>
              <ProgressBar counts={counts} />
              <span className="small">
                {t('campaign.progress', { decided, all })}
                {counts.overdue > 0 && (
                  <>
                    {' '}
                    <span className="chip amber">{t('campaign.overdue', { count: counts.overdue })}</span>
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** The same as a table. */
export function ProgressSheet({ rows }: { readonly rows: readonly Row[] }) {
  const { t, named, called } = useWords();
  const columns: Column<Row>[] = stages.map((stage) => ({
    title: named('campaign.stage', stage),
    cell: ({ counts }) => counts[stage],
    number: true,
  }));
  const all = { unit: { id: '', name: t('dash.sum'), nameEn: t('dash.sum') }, counts: sumOf(rows) };
  return (
    <Sheet
      dense
      caption={t('campaign.byUnit')}
      rows={rows.length > 1 ? [...rows, all] : rows}
      rowKey={({ unit }) => unit.id}
      columns={[{ title: t('word.unit'), cell: ({ unit }) => called(unit) }, ...columns]}
    />
  );
}
