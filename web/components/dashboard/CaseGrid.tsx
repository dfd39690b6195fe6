import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'react-router';
import type { CaseFigures } from '../../../api/contract/dashboard.ts';
import { endedStates, openStates } from '../../lifecycles.ts';
import { useWords } from '../../words.ts';
import { casesAt, useStateName } from './links.ts';

type Sum = { readonly cases: number; readonly overdue: number };

const sumOf = (cells: readonly Sum[]): Sum => ({
  cases: cells.reduce((sum, cell) => sum + cell.cases, 0),
  overdue: cells.reduce((sum, cell) => sum + cell.overdue, 0),
});

/** Cases by unit and state as a table whose cells are the darker the more there are. Each leads to the cases it counts. */
export function CaseGrid({ figures, process }: { readonly figures: CaseFigures; readonly process: string }) {
  const { t, called } = useWords();
  const stateName = useStateName();
  const cells = figures.cells.filter((cell) => cell.process === process);
  const states = [...openStates(process), ...endedStates(process)].filter(
    (state) => state !== 'draft' || cells.some((cell) => cell.state === 'draft'),
  );
  const units = figures.units.filter(({ id }) => figures.scope === 'unit' || cells.some(({ unitId }) => unitId === id));
  // Few cases are not many, however few the others have.
  const most = Math.max(4, ...cells.map((cell) => cell.cases));
  const firstEnded = endedStates(process)[0];
  const cell = (where: { unitId?: string; state?: string }, name: string, isSum: boolean) => {
    const sum = sumOf(
      cells.filter(({ unitId, state }) => (where.unitId ?? unitId) === unitId && (where.state ?? state) === state),
    );
    const label = t('dash.cases.cell', { name, cases: sum.cases, overdue: sum.overdue });
    return (
      <Cell
        key={where.state ?? 'all'}
        className={where.state === firstEnded ? 'first' : ''}
        depth={isSum || sum.cases === 0 ? 0 : Math.ceil((4 * sum.cases) / most)}
      >
        {sum.cases === 0 ? (
          <span className="none">
            <span aria-hidden>·</span>
            <span className="spoken">0</span>
          </span>
        ) : figures.scope === 'oversight' ? (
          <Count {...sum} />
        ) : (
          <Link to={casesAt(where)} aria-label={label} title={label}>
            <Count {...sum} />
          </Link>
        )}
      </Cell>
    );
  };
  return (
    <section className="scroll" aria-label={t('dash.cases')} tabIndex={figures.scope === 'oversight' ? 0 : undefined}>
      <table className="heat" aria-label={t('dash.cases')}>
        <thead>
          <tr>
            <th scope="col">{t('word.unit')}</th>
            <th scope="col">{t('dash.sum')}</th>
            {states.map((state) => (
              <th key={state} scope="col" className={state === firstEnded ? 'first' : undefined}>
                {stateName(process, state)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.id}>
              <th scope="row">{called(unit)}</th>
              {cell({ unitId: unit.id }, called(unit), true)}
              {states.map((state) =>
                cell({ unitId: unit.id, state }, `${called(unit)} · ${stateName(process, state)}`, false),
              )}
            </tr>
          ))}
        </tbody>
        {units.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{t('dash.sum')}</th>
              {cell({}, t('dash.sum'), true)}
              {states.map((state) => cell({ state }, stateName(process, state), true))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Cell({
  depth,
  className,
  children,
}: {
  readonly depth: number;
  readonly className: string;
  readonly children: ReactNode;
}) {
  return (
    <td className={`${className} depth-${depth}`} style={{ '--depth': depth } as CSSProperties}>
      {children}
    </td>
  );
}

function Count({ cases, overdue }: Sum) {
  const { t } = useWords();
  return (
    <>
      <span className="count-of">{cases}</span>
      {overdue > 0 && <span className="late-of">{t('dash.overdue', { count: overdue })}</span>}
    </>
  );
}
