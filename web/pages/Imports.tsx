import { DownloadOutlined, InboxOutlined } from '@ant-design/icons';
import { Button, Select, Upload } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ImportKindView, ImportSummary, ImportView } from '../../api/contract/imports.ts';
import { useAct } from '../api/act.ts';
import { type Page, useListed, useOne } from '../api/list.ts';
import { Empty } from '../components/Empty.tsx';
import { ImportState } from '../components/import/ImportState.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import '../styles/imports.css';

/** Tables that are imported: brought here, checked row by row, and applied by a second person. */
export default function Imports() {
  const { t } = useWords();
  const kinds = useOne<Page<ImportKindView>>(['importKinds'], '/import-kinds');
  return (
    <>
      <PageHead title={t('nav.imports')} />
      <Loaded query={kinds}>{({ items }) => <Bring kinds={items.filter((kind) => kind.mayCheck)} />}</Loaded>
      <Brought />
    </>
  );
}

/** Template and file: what is brought is checked at once, and nothing is taken over by that. */
function Bring({ kinds }: { readonly kinds: readonly ImportKindView[] }) {
  const { t, named } = useWords();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string | null>(null);
  const act = useAct<ImportView>([['imports']]);
  const kind = kinds.find((each) => each.kind === chosen) ?? kinds[0];
  if (!kind) return null;
  return (
    <section className="panel stack" aria-label={t('import.bring')}>
      <h2>{t('import.bring')}</h2>
      <p className="soft">{t('import.about')}</p>
      <div className="row">
        {kinds.length > 1 && (
          <Select
            aria-label={t('word.kind')}
            value={kind.kind}
            options={kinds.map((each) => ({ value: each.kind, label: named('import.kind', each.kind) }))}
            onChange={setChosen}
            style={{ minWidth: 200 }}
          />
        )}
        <Button
          icon={<DownloadOutlined />}
          href={`/api/v1/import-kinds/${kind.kind}/template`}
          download={`${kind.kind}-template.xlsx`}
        >
          {t('import.template', { kind: named('import.kind', kind.kind) })}
        </Button>
      </div>
      <Upload.Dragger
        showUploadList={false}
        disabled={act.isPending}
        accept=".xlsx,.csv"
        aria-label={t('import.choose')}
        beforeUpload={(file) => {
          const body = new FormData();
          body.set('kind', kind.kind);
          body.set('file', file);
          act.mutate(
            { method: 'POST', path: '/imports', body },
            { onSuccess: ({ value }) => navigate(`/imports/${value.id}`) },
          );
          return false;
        }}
      >
        <p className="import-drop">
          <InboxOutlined /> {t(act.isPending ? 'import.reading' : 'import.choose')}
        </p>
        <p className="small soft">
          {t('import.limits', { rows: kind.maxRows, size: Math.floor(kind.maxBytes / 1048576) })}
        </p>
      </Upload.Dragger>
      <ProblemNotice error={act.error} />
    </section>
  );
}

function Brought() {
  const { t, named, called } = useWords();
  const list = useListed<ImportSummary>(['imports'], '/imports');
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isError) return <ProblemNotice error={list.error} onRetry={() => list.refetch()} />;
  if (list.data && items.length === 0) return <Empty text={t('import.none')} />;
  return (
    <section className="panel" aria-label={t('import.list')}>
      <h2>{t('import.list')}</h2>
      <Sheet
        caption={t('import.list')}
        rows={items}
        rowKey={(row) => row.id}
        columns={[
          {
            title: t('word.kind'),
            cell: (row) => <Link to={`/imports/${row.id}`}>{named('import.kind', row.kind)}</Link>,
          },
          { title: t('word.status'), cell: (row) => <ImportState state={row.state} /> },
          { title: t('import.rows'), cell: (row) => row.rows, number: true },
          { title: t('import.newRows'), cell: (row) => row.newRows, number: true },
          { title: t('import.checkedBy'), cell: (row) => `${called(row.checkedBy)} · ${momentText(row.checkedAt)}` },
          {
            title: t('import.appliedBy'),
            cell: (row) => (row.appliedAt ? `${called(row.appliedBy)} · ${momentText(row.appliedAt)}` : '—'),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('do.more')}
        </Button>
      )}
    </section>
  );
}
