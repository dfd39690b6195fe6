import { Link } from 'react-router';
import type { DeskTotals, DeskView } from '../../../api/contract/desk.ts';
import { amountText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Figure } from '../dashboard/Figure.tsx';
import { Sheet } from '../Sheet.tsx';

const KINDS = ['expectedYuan', 'cumulativeYuan', 'yearYuan'] as const;
type Kind = (typeof KINDS)[number];

/** As many accounts as a picture shows; the table has them all. */
const MOST = 10;

/** The contract totals (Article 12), the three kept apart and on one scale: account by account, or grade by grade; and a table that says the same. */
export function TotalBars({ desk }: { readonly desk: DeskView }) {
  const { t, named, language } = useWords();
  const scope = desk.scope === 'company' ? 'company' : 'unit';
  const most = Math.max(...desk.totals.flatMap((row) => KINDS.map((kind) => Number(row[kind]))));
  if (!(most > 0)) return null;
  const year = Number(desk.today.slice(0, 4));
  const word = (kind: Kind): string =>
    kind === 'yearYuan'
      ? t('totals.ofYear', { year })
      : t(kind === 'expectedYuan' ? 'totals.expected' : 'totals.cumulative');
  const nameOf = ({ account, grade, accounts }: DeskTotals) =>
    account ? (
      <Link to={`/accounts/${account.id}?part=projects`}>{account.name}</Link>
    ) : (
      t('desk.totals.grade', { grade: named('grade', grade), count: accounts })
    );
  const rows = desk.totals.filter((row) => KINDS.some((kind) => Number(row[kind]) > 0)).slice(0, MOST);
  return (
    <Figure
      title={t('totals.title')}
      about={t(`desk.totals.about.${scope}`)}
      picture={
        <>
          <ul className="desk-totals">
            {rows.map((row) => (
              <li key={keyOf(row)}>
                <span className="title">{nameOf(row)}</span>
                <dl>
                  {KINDS.map((kind) => (
                    <div key={kind} data-kind={kind}>
                      <dt className="small soft">{word(kind)}</dt>
                      <dd>
                        <span className="track" aria-hidden="true">
                          <i style={{ width: `${(100 * Number(row[kind])) / most}%` }} />
                        </span>
                        <span className="figure">{amountText(row[kind], language)}</span>
                      </dd>
                    </div>
                  ))}
                </dl>
              </li>
            ))}
          </ul>
          {rows.length < desk.totals.length && <p className="small soft">{t('desk.totals.rest')}</p>}
        </>
      }
      table={
        <Sheet
          caption={t(`desk.totals.about.${scope}`)}
          rows={desk.totals}
          rowKey={keyOf}
          dense
          columns={[
            { title: t(scope === 'company' ? 'word.grade' : 'word.account'), cell: nameOf },
            ...KINDS.map((kind) => ({
              title: word(kind),
              cell: (row: DeskTotals) => amountText(row[kind], language),
              number: true,
            })),
          ]}
        />
      }
    />
  );
}

const keyOf = ({ account, grade }: DeskTotals): string => account?.id ?? grade;
