import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';
import type { AttachmentView } from '../../api/contract/cases.ts';
import { type Purpose, useAttachmentLimits, useUploads } from '../api/upload.ts';
import { useWords } from '../words.ts';
import { SendingFiles } from './SendingFiles.tsx';

type Props = {
  readonly caseId: string;
  readonly purpose: Purpose;
  readonly label?: string;
  readonly onUploaded?: (file: AttachmentView) => void;
};

/** Files for a case, dropped or chosen: what is accepted is told before, each file shows how far it is and can be sent again. */
export function FileDrop({ caseId, purpose, label, onUploaded }: Props) {
  const { t } = useWords();
  const { sending, add, retry, dismiss } = useUploads({ caseId }, onUploaded);
  const limits = useAttachmentLimits().data;
  const name = label ?? t('file.add');
  return (
    <div className="stack">
      <Upload.Dragger
        multiple
        showUploadList={false}
        aria-label={name}
        {...(limits ? { accept: limits.extensions.map((each) => `.${each}`).join(',') } : {})}
        beforeUpload={(file) => {
          add(file, purpose);
          return false;
        }}
      >
        <p className="row" style={{ justifyContent: 'center', margin: 0 }}>
          <InboxOutlined /> {name}
        </p>
        {limits && (
          <p className="small soft" style={{ margin: '4px 8px 0' }}>
            {t('file.limits', {
              kinds: limits.extensions.join(' '),
              limit: Math.floor(limits.maxBytes / 1048576),
            })}
          </p>
        )}
      </Upload.Dragger>
      <SendingFiles sending={sending} onRetry={retry} onDismiss={dismiss} />
    </div>
  );
}
