import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { ImportKindView, ImportView } from '../../api/contract/imports.ts';
import { useAct } from '../api/act.ts';
import { type Page, useOne } from '../api/list.ts';
import { Facts } from '../components/Facts.tsx';
import { ImportReport } from '../components/import/ImportReport.tsx';
import { ImportState } from '../components/import/ImportState.tsx';
import { MappingForm } from '../components/import/MappingForm.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ReviewDialog } from '../components/ReviewDialog.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import '../styles/imports.css';

/** One table on its way in: which column is which, what came of every row, and the second person who applies it. */
export default function Import() {
  const { id = '' } = useParams();
  const kinds = useOne<Page<ImportKindView>>(['importKinds'], '/import-kinds');
  const found = useOne<ImportView>(['import', id], `/imports/${id}`);
  return (
    <Loaded query={kinds}>
      {({ items }) => (
        <Loaded query={found}>
          {(value) => {
            const kind = items.find((each) => each.kind === value.kind);
            return kind ? <Shown value={value} kind={kind} /> : null;
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

function Shown({ value, kind }: { readonly value: ImportView; readonly kind: ImportKindView }) {
  const { t, named, called } = useWords();
  const { id, table } = value;
  const [asked, setAsked] = useState<'application' | 'withdrawal' | null>(null);
  const act = useAct([['import'], ['importRows'], ['imports'], ['accounts']]);
  const stands =
    value.refusedRows > 0 ? 'mend' : value.newRows === 0 ? 'nothingNew' : value.mayApply ? 'apply' : 'hand';
  return (
    <>
      <PageHead title={named('import.kind', value.kind)}>
        <ImportState state={value.state} />
      </PageHead>
      <section className="panel">
        <Facts
          rows={[
            { label: t('import.file'), value: table?.fileName ?? t('import.erased') },
            { label: t('import.checkedBy'), value: `${called(value.checkedBy)} · ${momentText(value.checkedAt)}` },
            {
              label: t('import.appliedBy'),
              value: value.appliedAt && `${called(value.appliedBy)} · ${momentText(value.appliedAt)}`,
            },
          ]}
        />
        {table && (
          <Button
            size="small"
            icon={<DownloadOutlined />}
            href={`/api/v1/imports/${id}/file`}
            download={table.fileName}
          >
            {t('import.original')}
          </Button>
        )}
      </section>
      {table && value.mayCheck && <MappingForm key={value.checkedAt} value={value} kind={kind} table={table} />}
      {table && <ImportReport value={value} kind={kind} table={table} />}
      {value.state === 'checked' && (
        <section className="panel stack" aria-label={t('import.next')}>
          <h2>{t('import.next')}</h2>
          <p>{t(`import.stands.${stands}`, { count: stands === 'mend' ? value.refusedRows : value.newRows })}</p>
          <div className="row">
            {stands === 'apply' && (
              <Button type="primary" onClick={() => setAsked('application')}>
                {t('import.apply', { count: value.newRows })}
              </Button>
            )}
            {value.mayCheck && <Button onClick={() => setAsked('withdrawal')}>{t('import.withdraw')}</Button>}
          </div>
        </section>
      )}
      {asked && (
        <ReviewDialog
          title={t(`import.ask.${asked}`)}
          confirm={t(asked === 'application' ? 'import.applyNow' : 'import.withdraw')}
          pending={act.isPending}
          error={act.error}
          onClose={() => {
            act.reset();
            setAsked(null);
          }}
          onConfirm={() =>
            act.mutate(
              { method: 'POST', path: `/imports/${id}/${asked}`, body: {} },
              { onSuccess: () => setAsked(null) },
            )
          }
        >
          <p>{t(`import.askText.${asked}`, { count: value.newRows })}</p>
        </ReviewDialog>
      )}
    </>
  );
}
