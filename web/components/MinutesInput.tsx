import { Select } from 'antd';
import { useAttachments } from '../api/cases.ts';
import { useWords } from '../words.ts';
import { FileDrop } from './FileDrop.tsx';

/** The signed minutes: a file of the case, or one added here. */
export function MinutesInput({
  id,
  caseId,
  value,
  onChange,
}: {
  readonly id?: string;
  readonly caseId: string;
  readonly value?: string;
  readonly onChange?: (attachmentId: string) => void;
}) {
  const { t } = useWords();
  const files = useAttachments(caseId);
  return (
    <div className="stack">
      <Select
        {...(id ? { id } : {})}
        placeholder={t('file.choose')}
        options={(files.data?.items ?? []).map((file) => ({ value: file.id, label: file.name }))}
        value={value}
        onChange={onChange}
      />
      <FileDrop
        caseId={caseId}
        purpose="minutes"
        label={t('file.addMinutes')}
        onUploaded={(file) => onChange?.(file.id)}
      />
    </div>
  );
}
