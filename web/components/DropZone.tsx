import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';
import { useAttachmentLimits } from '../api/upload.ts';
import { useWords } from '../words.ts';

type Props = { readonly id?: string; readonly label: string; readonly onFile: (file: File) => void };

/** Where files are dropped or chosen; what is accepted is told before. */
export function DropZone({ id, label, onFile }: Props) {
  const { t } = useWords();
  const limits = useAttachmentLimits().data;
  return (
    <Upload.Dragger
      {...(id ? { id } : {})}
      multiple
      showUploadList={false}
      aria-label={label}
      {...(limits ? { accept: limits.extensions.map((each) => `.${each}`).join(',') } : {})}
      beforeUpload={(file) => {
        onFile(file);
        return false;
      }}
    >
      <p className="row" style={{ justifyContent: 'center', margin: 0 }}>
        <InboxOutlined /> {label}
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
  );
}
