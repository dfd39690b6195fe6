import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';
import type { AttachmentView } from '../../api/contract/cases.ts';
import { useAct } from '../api/act.ts';
import { caseKey } from '../api/cases.ts';
import { useWords } from '../words.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

type Props = {
  readonly caseId: string;
  readonly purpose: 'evidence' | 'intent' | 'minutes' | 'other';
  readonly label?: string;
  readonly onUploaded?: (file: AttachmentView) => void;
};

/** Files for a case, dropped or chosen. */
export function FileDrop({ caseId, purpose, label, onUploaded }: Props) {
  const { t } = useWords();
  const act = useAct<AttachmentView>([caseKey(caseId)]);
  const name = label ?? t('file.add');
  return (
    <div className="stack">
      <Upload.Dragger
        multiple
        showUploadList={false}
        aria-label={name}
        customRequest={({ file, onSuccess, onError }) => {
          const body = new FormData();
          body.set('caseId', caseId);
          body.set('purpose', purpose);
          body.set('file', file as File);
          act.mutate(
            { method: 'POST', path: '/attachments', body },
            {
              onSuccess: ({ value }) => {
                onSuccess?.(value);
                onUploaded?.(value);
              },
              onError: (error) => onError?.(error),
            },
          );
        }}
      >
        <p className="row" style={{ justifyContent: 'center', margin: 0 }}>
          <InboxOutlined /> {act.isPending ? t('file.uploading') : name}
        </p>
      </Upload.Dragger>
      <ProblemNotice error={act.error} />
    </div>
  );
}
