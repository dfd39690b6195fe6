import { Select } from 'antd';
import { useAttachments } from '../api/cases.ts';
import type { Purpose } from '../api/upload.ts';
import { useWords } from '../words.ts';
import { FileDrop } from './FileDrop.tsx';

/** A file of the case, or one added here: the signed minutes of a meeting, evidence for an opinion. */
export function FileInput({
  id,
  caseId,
  purpose,
  add,
  value,
  onChange,
}: {
  readonly id?: string;
  readonly caseId: string;
  readonly purpose: Purpose;
  /** What adding one is called. */
  readonly add: string;
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
      <FileDrop caseId={caseId} purpose={purpose} label={add} onUploaded={(file) => onChange?.(file.id)} />
    </div>
  );
}
