import { Button, Select } from 'antd';
import { useState } from 'react';
import type { AttachmentView } from '../../api/contract/cases.ts';
import { useAct } from '../api/act.ts';
import { caseKey, useAttachments } from '../api/cases.ts';
import { momentText, sizeText } from '../format.ts';
import { useWords } from '../words.ts';
import { FileDrop } from './FileDrop.tsx';
import { FilePreview, mayPreview } from './FilePreview.tsx';
import { Loaded } from './Loaded.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

const purposes = ['evidence', 'intent', 'minutes', 'other'] as const;

type Props = {
  readonly caseId: string;
  readonly mayAdd: boolean;
  /** Files can be removed while the form may be edited. */
  readonly mayRemove?: boolean;
};

/** The files of a case: looked at over the page or saved, added by dropping. */
export function Files({ caseId, mayAdd, mayRemove = false }: Props) {
  const { t, named } = useWords();
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>('evidence');
  const files = useAttachments(caseId);
  return (
    <section className="panel stack" aria-label={t('case.files')}>
      <h2>{t('case.files')}</h2>
      <Loaded query={files}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('file.none')}</p>
          ) : (
            <ul className="cards">
              {items.map((file) => (
                <FileRow key={file.id} caseId={caseId} file={file} mayRemove={mayRemove} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayAdd && (
        <div className="stack no-print">
          <Select
            aria-label={t('file.purpose')}
            value={purpose}
            onChange={setPurpose}
            options={purposes.map((each) => ({ value: each, label: named('purpose', each) }))}
          />
          <FileDrop caseId={caseId} purpose={purpose} />
        </div>
      )}
    </section>
  );
}

type RowProps = { readonly caseId: string; readonly file: AttachmentView; readonly mayRemove: boolean };

function FileRow({ caseId, file, mayRemove }: RowProps) {
  const { t, named, called } = useWords();
  const [shown, setShown] = useState(false);
  const act = useAct([caseKey(caseId)]);
  return (
    <li>
      <div className="row">
        {mayPreview(file) ? (
          <Button
            type="link"
            className="file-name"
            aria-label={t('file.previewOf', { name: file.name })}
            onClick={() => setShown(true)}
          >
            {file.name}
          </Button>
        ) : (
          <a href={`/api/v1/attachments/${file.id}`} download={file.name}>
            {file.name}
          </a>
        )}
        {shown && <FilePreview file={file} onClose={() => setShown(false)} />}
        {mayRemove && (
          <Button
            size="small"
            type="text"
            danger
            loading={act.isPending}
            aria-label={t('file.removeOf', { name: file.name })}
            onClick={() => act.mutate({ method: 'DELETE', path: `/attachments/${file.id}` })}
          >
            {t('do.remove')}
          </Button>
        )}
      </div>
      <div className="small soft">
        {named('purpose', file.purpose)} · {sizeText(file.size)} · {called(file.uploadedBy)} · {momentText(file.at)}
      </div>
      <ProblemNotice error={act.error} />
    </li>
  );
}
