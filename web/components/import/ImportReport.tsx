import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { ImportKindView, ImportRowView, ImportView } from '../../../api/contract/imports.ts';
import { useListed } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { Sheet } from '../Sheet.tsx';

type Props = {
  readonly value: ImportView;
  readonly kind: ImportKindView;
  readonly table: NonNullable<ImportView['table']>;
};

const parts = ['all', 'refused', 'warned', 'new', 'same'] as const;
type Part = (typeof parts)[number];
const COLOURS: Readonly<Record<ImportRowView['verdict'], string>> = { new: 'green', same: '', refused: 'red' };

/** What came of every row: how many there are of each, and what is wrong where something is. */
export function ImportReport({ value, kind, table }: Props) {
  const { t, named, language } = useWords();
  const [part, setPart] = useState<Part>(value.refusedRows > 0 ? 'refused' : 'all');
  const counts: Readonly<Record<Part, number>> = {
    all: value.rows,
    refused: value.refusedRows,
    warned: table.warnedRows,
    new: value.newRows,
    same: value.rows - value.newRows - value.refusedRows,
  };
  const list = useListed<ImportRowView>(['importRows', value.id, value.checkedAt], `/imports/${value.id}/rows`, {
    only: part === 'all' ? undefined : part,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = (key: string | null): string =>
    kind.columns.find((column) => column.key === key)?.name[language === 'en' ? 'en' : 'zh'] ?? '';
  const [first = '', ...others] = kind.preview;
  return (
    <section className="panel stack" aria-label={t('import.report')}>
      <h2>{t('import.report')}</h2>
      <fieldset className="import-parts" aria-label={t('import.show')}>
        {parts.map((each) => (
          <button key={each} type="button" aria-pressed={each === part} onClick={() => setPart(each)}>
            <strong>{counts[each]}</strong>
            <span>{t(`import.part.${each}`)}</span>
          </button>
        ))}
      </fieldset>
      <ProblemNotice error={list.error} />
      {list.isPending ? (
        <Skeleton active />
      ) : items.length === 0 ? (
        <p className="soft">{t('import.noneOfThese')}</p>
      ) : (
        <Sheet
          caption={t('import.report')}
          rows={items}
          rowKey={(row) => row.row}
          columns={[
            {
              title: t('import.row'),
              cell: (row) => (
                <span className="row">
                  {row.row}
                  <span className={`chip ${COLOURS[row.verdict]}`}>{named('import.verdict', row.verdict)}</span>
                </span>
              ),
            },
            { title: nameOf(first), cell: (row) => row.cells[first] || '—' },
            {
              title: t('import.contents'),
              cell: (row) => others.flatMap((key) => row.cells[key] || []).join(' · ') || '—',
            },
            { title: t('import.findings'), cell: (row) => <Findings row={row} nameOf={nameOf} />, wide: true },
          ]}
        />
      )}
      {list.hasNextPage && (
        <div>
          <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t('do.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Findings({ row, nameOf }: { readonly row: ImportRowView; readonly nameOf: (key: string | null) => string }) {
  const { t } = useWords();
  if (row.findings.length === 0) return <span className="soft">{t('import.fine')}</span>;
  return (
    <ul className="import-findings">
      {row.findings.map(({ column, code, level, detail, article }) => (
        <li key={`${column}${code}`} className={level}>
          <strong>{nameOf(column)}</strong> {detail} <ArticleTag article={article} />
        </li>
      ))}
    </ul>
  );
}
