import type { AttachmentView } from '../../api/contract/cases.ts';
import { type Purpose, useUploads } from '../api/upload.ts';
import { useWords } from '../words.ts';
import { DropZone } from './DropZone.tsx';
import { SendingFiles } from './SendingFiles.tsx';

type Props = {
  readonly caseId: string;
  readonly purpose: Purpose;
  readonly label?: string;
  readonly onUploaded?: (file: AttachmentView) => void;
};

/** Files for a case, sent as they are dropped or chosen: each shows how far it is and can be sent again. */
export function FileDrop({ caseId, purpose, label, onUploaded }: Props) {
  const { t } = useWords();
  const { sending, add, retry, dismiss } = useUploads({ caseId }, onUploaded);
  return (
    <div className="stack">
      <DropZone label={label ?? t('file.add')} onFile={(file) => add(file, purpose)} />
      <SendingFiles sending={sending} onRetry={retry} onDismiss={dismiss} />
    </div>
  );
}
