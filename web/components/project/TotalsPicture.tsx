import type { ContractTotals } from '../../../api/contract/projects.ts';
import { fenFromYuan, yuanFromFen } from '../../../domain/money.ts';
import { amountText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { GradeLine } from '../GradeLine.tsx';
import { Sheet } from '../Sheet.tsx';
import '../../styles/projects.css';

const fenOf = (yuan: string): bigint => {
  const read = fenFromYuan(yuan);
  return read.ok ? read.fen : 0n;
};

/** The totals kept apart as bars on one scale, with the lines of the grades across them, and the grade held against its figure. */
export function TotalsPicture({ totals }: { readonly totals: ContractTotals }) {
  const { t, named, language } = useWords();
  const { grade } = totals;
  const lines = { companyLineFen: fenOf(grade.companyLineYuan), branchLineFen: fenOf(grade.branchLineYuan) };
  return (
    <>
      <div className="stack">
        <p className="small soft">{t('totals.heldAgainst', { figure: named('policy.gradeFigure', grade.figure) })}</p>
        <GradeLine fen={fenOf(grade.amountYuan)} lines={lines} />
        {grade.fits !== 'fits' && (
          <p className="chip amber fit" role="status">
            {t(`totals.${grade.fits}`, { held: named('grade', grade.held) })}
          </p>
        )}
      </div>
      <Bars totals={totals} lines={[lines.branchLineFen, lines.companyLineFen]} />
      <p className="small soft">
        {t('totals.outstanding')} <strong className="figure">{amountText(totals.outstandingYuan, language)}</strong>
      </p>
      <Operations totals={totals} />
    </>
  );
}

function Bars({ totals, lines }: { readonly totals: ContractTotals; readonly lines: readonly [bigint, bigint] }) {
  const { t, named, language } = useWords();
  const rows = totals.totals.filter(({ kind, amountYuan }) => kind !== 'prior' || amountYuan !== '0.00');
  const full = Math.max(...rows.map(({ amountYuan }) => Number(fenOf(amountYuan))), ...lines.map(Number), 1) * 1.08;
  const at = (fen: bigint) => `${(Number(fen) / full) * 100}%`;
  return (
    <ul className="total-bars" aria-label={t('totals.bars')}>
      {rows.map((row) => (
        <li key={`${row.kind}-${row.year}`} className={row.kind}>
          <span className="name">
            {row.year === null ? named('totals', row.kind) : t('totals.ofYear', { year: row.year })}
          </span>
          <span className="track" aria-hidden="true">
            <i style={{ width: at(fenOf(row.amountYuan)) }} />
            {lines.map((fen) => (
              <b key={String(fen)} style={{ left: at(fen) }} />
            ))}
          </span>
          <strong className="figure">{amountText(row.amountYuan, language)}</strong>
          <SourceOf total={row} />
        </li>
      ))}
      <li className="legend small soft">
        <span>
          {t('totals.marks', {
            branch: amountText(yuanFromFen(lines[0]), language),
            company: amountText(yuanFromFen(lines[1]), language),
          })}
        </span>
        <span>{t('totals.priorNever')}</span>
      </li>
    </ul>
  );
}

/** Where a total comes from, where that is not the projects alone. */
function SourceOf({ total }: { readonly total: ContractTotals['totals'][number] }) {
  const { t, named, language } = useWords();
  const other = total.otherYuan !== null && total.otherYuan !== total.amountYuan;
  if (total.source === 'projects' && !other) return null;
  return (
    <span className="small soft source">
      {named('totals.source', total.source)}
      {total.asOf && ` · ${t('totals.asOf', { day: total.asOf })}`}
      {other && total.otherYuan && ` · ${t('totals.other', { amount: amountText(total.otherYuan, language) })}`}
    </span>
  );
}

/** Secondary and tertiary operations (Article 6.4), in all and year by year. */
function Operations({ totals }: { readonly totals: ContractTotals }) {
  const { t, named, language } = useWords();
  const rows = totals.operations.filter(({ count }) => count > 0);
  if (rows.length === 0) return null;
  return (
    <section className="stack" aria-label={t('operation.title')}>
      <h3>{t('operation.title')}</h3>
      <Sheet
        caption={t('operation.title')}
        dense
        rows={rows}
        rowKey={({ year, tier }) => `${year}-${tier}`}
        columns={[
          { title: t('totals.year'), cell: ({ year }) => (year === null ? t('totals.allYears') : String(year)) },
          { title: t('word.kind'), cell: ({ tier }) => named('operation.tier', tier) },
          { title: t('operation.count'), cell: ({ count }) => count, number: true },
          { title: t('operation.claimedYuan'), cell: (row) => amountText(row.claimedYuan, language), number: true },
          { title: t('operation.agreedYuan'), cell: (row) => amountText(row.agreedYuan, language), number: true },
          { title: t('operation.openYuan'), cell: (row) => amountText(row.openYuan, language), number: true },
        ]}
      />
    </section>
  );
}
