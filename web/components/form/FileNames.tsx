import { UploadOutlined } from '@ant-design/icons';
import { Button, Progress, Select, Upload } from 'antd';
import { useAttachments } from '../../api/cases.ts';
import { type Purpose, useAttachmentLimits, useUploads } from '../../api/upload.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = {
  readonly id?: string;
  readonly caseId: string;
  readonly several?: boolean;
  readonly purpose?: Purpose;
  readonly value?: string | string[];
  readonly onChange?: (names: string | string[]) => void;
};

/** Files of the case, by name: chosen among those that are there, or uploaded on the spot; a name without its file is told. */
export function FileNames({ id, caseId, several = false, purpose = 'evidence', value, onChange }: Props) {
  const { t } = useWords();
  const files = useAttachments(caseId);
  const limits = useAttachmentLimits().data;
  const chosen = value === undefined || value === '' ? [] : [value].flat();
  const uploads = useUploads({ caseId }, ({ name }) => onChange?.(several ? [...new Set([...chosen, name])] : name));
  const there = [...new Set((files.data?.items ?? []).map(({ name }) => name))];
  const absent = files.data ? chosen.filter((name) => !there.includes(name)) : [];
  return (
    <div className="stack" style={{ gap: 6 }}>
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <Select<string | string[]>
          {...(id ? { id } : {})}
          {...(several ? { mode: 'multiple' as const } : { allowClear: true })}
          style={{ flex: 1, minWidth: 0 }}
          placeholder={t('file.chooseOfCase')}
          notFoundContent={t('file.none')}
          options={there.map((name) => ({ value: name, label: name }))}
          value={value}
          onChange={onChange}
        />
        <Upload
          showUploadList={false}
          multiple={several}
          {...(limits ? { accept: limits.extensions.map((each) => `.${each}`).join(',') } : {})}
          beforeUpload={(file) => {
            uploads.add(file, purpose);
            return false;
          }}
        >
          <Button icon={<UploadOutlined />}>{t('file.upload')}</Button>
        </Upload>
      </div>
      {uploads.sending.map(({ id: sendingId, name, percent, problem }) =>
        problem ? (
          <ProblemNotice key={sendingId} error={problem} onRetry={() => uploads.retry(sendingId)} />
        ) : (
          <Progress key={sendingId} percent={percent} size="small" aria-label={t('file.progressOf', { name })} />
        ),
      )}
      {absent.length > 0 && (
        <span className="small" role="status">
          <span className="chip amber">{t('file.absent')}</span> {absent.join(t('list.comma'))}
        </span>
      )}
    </div>
  );
}
