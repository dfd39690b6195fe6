import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { AccountFigures, AccountSum } from '../../../api/contract/dashboard.ts';
import { amountText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { type Column, Sheet } from '../Sheet.tsx';
import { accountsAt } from './links.ts';
import { neighbourOf, provinceTiles } from './provinces.ts';

type Province = AccountFigures['provinces'][number];
type UnitFigures = AccountFigures['units'][number];

/** How many colours there are; a number on each tile tells units apart where colours come again. */
const COLOURS = 8;
const nothing = { accounts: 0, expectedYuan: null } satisfies AccountSum;

type Props = {
  readonly figures: AccountFigures;
  /** The units with a territory, in order: their place gives a unit its number and its colour. */
  readonly holders: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[];
};

/** The provinces as tiles, coloured by the unit whose territory each is, with a disc for what is expected there. */
export function TerritoryMap({ figures, holders }: Props) {
  const { t } = useWords();
  const { nameOf, wordsOf } = useProvinceWords(holders);
  const tiles = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState<string | null>(null);
  // A finger cannot hover: its first tap shows what a tile says, the second follows it.
  const readAtTouch = useRef<string | null>(null);
  const provinces = new Map(figures.provinces.map((province) => [province.code, province]));
  const provinceOf = (code: string): Province => provinces.get(code) ?? { code, unitIds: [], ...nothing };
  const sizeOf = (sum: AccountSum) => (sum.expectedYuan === null ? sum.accounts : Number(sum.expectedYuan));
  const most = Math.max(1, ...figures.provinces.map(sizeOf));
  const linked = figures.scope !== 'oversight';
  const numberOf = (unitId: string) => holders.findIndex(({ id }) => id === unitId);

  const move = (event: KeyboardEvent) => {
    const next = neighbourOf(shown ?? FIRST, event.key);
    if (next === shown || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    tiles.current?.querySelector<HTMLElement>(`[data-code="${next}"]`)?.focus();
  };
  return (
    <div className="map">
      <ul className="tiles" ref={tiles} aria-label={t('dash.map')} onKeyDown={move}>
        {provinceTiles.map(({ code, column, row }) => {
          const province = provinceOf(code);
          const share = Math.sqrt(sizeOf(province) / most);
          const parts = {
            'data-code': code,
            className: `tile${province.unitIds.length > 0 ? '' : ' nobodys'}${shown === code ? ' shown' : ''}`,
            style: { '--ground-of': groundOf(province.unitIds.map(numberOf)), '--share': share } as CSSProperties,
            'aria-label': wordsOf(province),
            tabIndex: code === (shown ?? FIRST) ? 0 : -1,
            onFocus: () => setShown(code),
            onMouseEnter: () => setShown(code),
            onPointerDown: ({ pointerType }: PointerEvent) => {
              readAtTouch.current = pointerType === 'touch' ? shown : code;
            },
          };
          const inside = (
            <>
              <span className="tile-name" aria-hidden>
                {nameOf(code)}
              </span>
              <span className="tile-mark" aria-hidden>
                {nameOf(code, 'mark')}
              </span>
              <span className="tile-unit" aria-hidden>
                {province.unitIds.map((unitId) => numberOf(unitId) + 1).join(' ')}
              </span>
              {share > 0 && <i className="disc" aria-hidden />}
            </>
          );
          return (
            <li key={code} style={{ gridColumn: column + 1, gridRow: row + 1 }}>
              {linked && province.accounts > 0 ? (
                <Link
                  {...parts}
                  to={accountsAt({ regionCode: code })}
                  onClick={(event) => {
                    if (event.detail > 0 && readAtTouch.current !== code) event.preventDefault();
                  }}
                >
                  {inside}
                </Link>
              ) : (
                <button {...parts} type="button" onClick={() => setShown(code)}>
                  {inside}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <p className="tile-words" aria-hidden>
        {shown ? wordsOf(provinceOf(shown)) : t('dash.map.hint')}
      </p>
    </div>
  );
}

const FIRST = '110000';

const colourOf = (index: number): string => `var(--unit-${(index % COLOURS) + 1})`;

/** One colour, or as many stripes as units share a province. */
function groundOf(indexes: readonly number[]): string {
  if (indexes.length === 0) return 'var(--grey-soft)';
  const width = 100 / indexes.length;
  const stops = indexes.map((index, at) => `${colourOf(index)} ${at * width}% ${(at + 1) * width}%`);
  return `linear-gradient(90deg, ${stops.join(', ')})`;
}

function useProvinceWords(holders: Props['holders']) {
  const { t, named, called } = useWords();
  const nameOf = (code: string, kind?: 'mark'): string =>
    named(kind ? `province.${kind}` : 'province', code.slice(0, 2));
  const sumText = useSumText();
  return {
    nameOf,
    wordsOf: (province: Province): string => {
      const units = province.unitIds.map((id) => called(holders.find((holder) => holder.id === id)));
      return [
        nameOf(province.code),
        units.length > 0 ? t('dash.map.of', { units: units.join(t('dash.and')) }) : t('dash.map.nobodys'),
        sumText(province),
      ].join(t('dash.comma'));
    },
  };
}

function useSumText(): (sum: AccountSum) => string {
  const { t, language } = useWords();
  return ({ accounts, expectedYuan }) =>
    accounts === 0
      ? t('dash.map.none')
      : expectedYuan === null
        ? t('dash.map.accounts', { accounts })
        : t('dash.map.sum', { accounts, amount: amountText(expectedYuan, language) });
}

/** The units beside the map: their number and colour on it, what they lead; and what no map can show. */
export function TerritoryLegend({ figures, holders }: Props) {
  const { t, called } = useWords();
  const sumText = useSumText();
  const linked = figures.scope !== 'oversight';
  const sums = new Map(figures.units.map((each) => [each.unit.id, each]));
  const without = figures.units.filter(({ hasTerritory }) => !hasTerritory);
  const line = (sum: UnitFigures | undefined) =>
    sum ? (
      linked && sum.accounts > 0 ? (
        <Link to={accountsAt({ unitId: sum.unit.id, kind: 'lead' })}>{sumText(sum)}</Link>
      ) : (
        <span className="soft">{sumText(sum)}</span>
      )
    ) : null;
  const apart = [
    { key: 'elsewhere', label: t('dash.map.elsewhere'), sum: figures.elsewhere },
    { key: 'unplaced', label: t('dash.map.unplaced'), sum: figures.unplaced },
  ].filter(({ sum }) => sum.accounts > 0);
  return (
    <div className="map-legend">
      <ul aria-label={t('dash.map.units')}>
        {holders.map((holder, index) => (
          <li key={holder.id}>
            <span className="swatch numbered" style={{ background: colourOf(index) }}>
              {index + 1}
            </span>
            <span className="map-unit">
              <strong>{called(holder)}</strong>
              <span className="small">{line(sums.get(holder.id))}</span>
            </span>
          </li>
        ))}
        {without.map((each) => (
          <li key={each.unit.id}>
            <span className="swatch numbered nobodys" aria-hidden>
              –
            </span>
            <span className="map-unit">
              <strong>{called(each.unit)}</strong>
              <span className="small soft">{t('people.noTerritory')}</span>
              <span className="small">{line(each)}</span>
            </span>
          </li>
        ))}
      </ul>
      {apart.map(({ key, label, sum }) => (
        <p key={key} className="small">
          {label}
          <br />
          <span className="soft">{sumText(sum)}</span>
        </p>
      ))}
      <p className="small">
        <strong>{t('dash.map.total')}</strong>
        <br />
        {sumText(figures.total)}
      </p>
    </div>
  );
}

type Line = AccountSum & {
  readonly key: string;
  readonly name: string;
  readonly units: string;
  readonly to: string | null;
};

/** The same as tables: by province, and by unit. */
export function TerritorySheets({ figures, holders }: Props) {
  const { t, called, language } = useWords();
  const { nameOf } = useProvinceWords(holders);
  const linked = figures.scope !== 'oversight';
  const columns = (name: string, units: string | null): Column<Line>[] => [
    { title: name, cell: (line) => line.name },
    ...(units ? [{ title: units, cell: (line: Line) => line.units || '—' }] : []),
    {
      title: t('dash.map.accountsHead'),
      cell: (line) => (line.to && line.accounts > 0 ? <Link to={line.to}>{line.accounts}</Link> : line.accounts),
      number: true,
    },
    ...(figures.total.expectedYuan === null
      ? []
      : [
          {
            title: t('dash.map.amountHead'),
            cell: (line: Line) => amountText(line.expectedYuan ?? '0.00', language),
            number: true,
          },
        ]),
  ];
  const byProvince = figures.provinces.map(
    (province): Line => ({
      ...province,
      key: province.code,
      name: nameOf(province.code),
      units: province.unitIds.map((id) => called(holders.find((holder) => holder.id === id))).join(t('dash.and')),
      to: linked ? accountsAt({ regionCode: province.code }) : null,
    }),
  );
  const apart = (['elsewhere', 'unplaced'] as const).map(
    (key): Line => ({ ...figures[key], key, name: t(`dash.map.${key}`), units: '', to: null }),
  );
  const byUnit = figures.units.map(
    (each): Line => ({
      ...each,
      key: each.unit.id,
      name: called(each.unit),
      units: '',
      to: linked ? accountsAt({ unitId: each.unit.id, kind: 'lead' }) : null,
    }),
  );
  const total: Line = { ...figures.total, key: 'total', name: t('dash.sum'), units: '', to: null };
  return (
    <div className="stack">
      <Sheet
        caption={t('dash.map.byProvince')}
        columns={columns(t('dash.map.province'), t('dash.map.territoryOf'))}
        rows={[...byProvince, ...apart.filter(({ accounts }) => accounts > 0)]}
        rowKey={({ key }) => key}
      />
      <Sheet
        caption={t('dash.map.byUnit')}
        columns={columns(t('word.unit'), null)}
        rows={[...byUnit, total]}
        rowKey={({ key }) => key}
      />
    </div>
  );
}
