import { Link } from 'react-router';
import type { WaitingFigures } from '../../../api/contract/dashboard.ts';
import { dayText } from '../../format.ts';
import { useNarrow } from '../../narrow.ts';
import { useWords } from '../../words.ts';
import { type Column, Sheet } from '../Sheet.tsx';
import { casesAt } from './links.ts';

type Flow = WaitingFigures['items'][number];
type Side = {
  readonly id: string;
  readonly name: string;
  readonly cases: number;
  readonly overdue: number;
  readonly oldest: string;
};

/** How high a name stands, in pixels: on a phone its words take more lines. */
const ROW = { wide: 64, narrow: 108 };
const THICKEST = 44;

/** Units on the left, whom they wait for on the right, between them a band for each pair, as thick as there are cases. */
export function WaitingFlows({ figures }: { readonly figures: WaitingFigures }) {
  const { t, called } = useWords();
  const holderName = useHolderName();
  const { scope, items } = figures;
  const linked = scope !== 'oversight';
  const row = useNarrow() ? ROW.narrow : ROW.wide;
  const waiting = figures.units
    .map(({ unit, ...wait }) => ({ id: unit.id, name: called(unit), ...wait }))
    .sort(mostFirst);
  const holding = holdersOf(items, holderName).sort(mostFirst);
  const most = Math.max(...[...waiting, ...holding].map(({ id }) => breadthOf(items, id)));
  const scale = THICKEST / most;
  const height = row * Math.max(waiting.length, holding.length);
  return (
    <div className="flows" style={{ minHeight: height }}>
      <ul className="flow-side" aria-label={t('dash.waiting.from')}>
        {waiting.map((side) => (
          <SideName key={side.id} side={side} to={linked ? casesAt({ unitId: side.id }) : null} row={row} short />
        ))}
      </ul>
      <svg
        className="flow-bands"
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        style={{ height }}
        // Without links the bands say nothing that the sides and the table do not.
        aria-hidden={!linked}
      >
        <title>{t('dash.waiting')}</title>
        {bandsOf(items, waiting, holding, { scale, row }).map(({ flow, path }) => (
          <Band key={`${flow.unit.id} ${flow.holder.id}`} flow={flow} path={path} linked={linked} />
        ))}
      </svg>
      <ul className="flow-side" aria-label={t('dash.waiting.for')}>
        {holding.map((side) => (
          <SideName key={side.id} side={side} to={linked ? casesAt({ waitsFor: side.id }) : null} row={row} />
        ))}
      </ul>
    </div>
  );
}

function Band({ flow, path, linked }: { readonly flow: Flow; readonly path: string; readonly linked: boolean }) {
  const { t, called } = useWords();
  const holderName = useHolderName();
  const label = t('dash.waiting.flow', {
    unit: called(flow.unit),
    holder: holderName(flow),
    cases: flow.cases,
    overdue: flow.overdue,
    oldest: dayText(flow.oldest),
  });
  const band = (
    <path d={path} className={flow.overdue > 0 ? 'overdue' : undefined}>
      <title>{label}</title>
    </path>
  );
  if (!linked) return band;
  return (
    <Link className="band" to={casesAt({ unitId: flow.unit.id, waitsFor: flow.holder.id })} aria-label={label}>
      {band}
    </Link>
  );
}

function SideName({
  side,
  to,
  row,
  short = false,
}: {
  readonly side: Side;
  readonly to: string | null;
  readonly row: number;
  readonly short?: boolean;
}) {
  const { t } = useWords();
  const words = (
    <>
      <strong>{side.name}</strong>
      <span className="small soft">
        {t(short ? 'dash.waiting.count' : 'dash.waiting.held', { cases: side.cases, since: dayText(side.oldest) })}
      </span>
      {side.overdue > 0 && <span className="small late-of">{t('dash.overdue', { count: side.overdue })}</span>}
    </>
  );
  return <li style={{ height: row }}>{to ? <Link to={to}>{words}</Link> : <span>{words}</span>}</li>;
}

/** The same as a table. */
export function WaitingSheet({ figures }: { readonly figures: WaitingFigures }) {
  const { t, called } = useWords();
  const holderName = useHolderName();
  const columns: Column<Flow>[] = [
    { title: t('dash.waiting.from'), cell: ({ unit }) => called(unit) },
    { title: t('dash.waiting.for'), cell: holderName },
    {
      title: t('dash.waiting.cases'),
      cell: ({ unit, holder, cases }) =>
        figures.scope === 'oversight' ? (
          cases
        ) : (
          <Link to={casesAt({ unitId: unit.id, waitsFor: holder.id })}>{cases}</Link>
        ),
      number: true,
    },
    { title: t('dash.waiting.overdue'), cell: ({ overdue }) => overdue, number: true },
    { title: t('dash.waiting.oldest'), cell: ({ oldest }) => dayText(oldest) },
  ];
  return (
    <Sheet
      caption={t('dash.waiting')}
      columns={columns}
      rows={figures.items}
      rowKey={({ unit, holder }) => `${unit.id} ${holder.id}`}
    />
  );
}

function useHolderName(): (flow: Flow) => string {
  const { t, called } = useWords();
  return ({ holder }) => (holder.unit ? called(holder.unit) : t('dash.committee'));
}

const mostFirst = (a: Side, b: Side): number => b.cases - a.cases || a.id.localeCompare(b.id);

/** Whom is waited for. A case belongs to one unit, so here every case counts once. */
function holdersOf(flows: readonly Flow[], nameOf: (flow: Flow) => string): Side[] {
  return [...Map.groupBy(flows, ({ holder }) => holder.id)].map(([id, own]) => ({
    id,
    name: own[0] ? nameOf(own[0]) : id,
    cases: own.reduce((sum, flow) => sum + flow.cases, 0),
    overdue: own.reduce((sum, flow) => sum + flow.overdue, 0),
    oldest: own.map(({ oldest }) => oldest).sort()[0] ?? '',
  }));
}

/** The cases of all bands that end at one side together. A unit may both wait and be waited for. */
function breadthOf(flows: readonly Flow[], id: string): number {
  const sum = (own: readonly Flow[]) => own.reduce((all, flow) => all + flow.cases, 0);
  return Math.max(sum(flows.filter(({ unit }) => unit.id === id)), sum(flows.filter(({ holder }) => holder.id === id)));
}

/** Each flow as a band from its place on the left to its place on the right; at either side they lie one under the other. */
function bandsOf(
  flows: readonly Flow[],
  waiting: readonly Side[],
  holding: readonly Side[],
  { scale, row }: { readonly scale: number; readonly row: number },
) {
  const top = (sides: readonly Side[], isAt: (flow: Flow, id: string) => boolean) =>
    new Map(
      sides.map(({ id }, index) => {
        const breadth = flows.filter((flow) => isAt(flow, id)).reduce((sum, flow) => sum + flow.cases, 0);
        return [id, row * index + (row - breadth * scale) / 2];
      }),
    );
  const left = top(waiting, ({ unit }, id) => unit.id === id);
  const right = top(holding, ({ holder }, id) => holder.id === id);
  const place = (sides: Map<string, number>, id: string, thickness: number): number => {
    const at = sides.get(id) ?? 0;
    sides.set(id, at + thickness);
    return at;
  };
  const rank = (sides: readonly Side[], id: string) => sides.findIndex((side) => side.id === id);
  return [...flows]
    .sort(
      (a, b) =>
        rank(waiting, a.unit.id) - rank(waiting, b.unit.id) || rank(holding, a.holder.id) - rank(holding, b.holder.id),
    )
    .map((flow) => {
      const thickness = flow.cases * scale;
      const from = place(left, flow.unit.id, thickness);
      const to = place(right, flow.holder.id, thickness);
      const path = `M0 ${from} C50 ${from} 50 ${to} 100 ${to} V${to + thickness} C50 ${to + thickness} 50 ${from + thickness} 0 ${from + thickness} Z`;
      return { flow, path };
    });
}
