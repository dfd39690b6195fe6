import { PaperClipOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { refusalOf, useAttachmentLimits } from '../api/upload.ts';
import { sizeText } from '../format.ts';
import { useWords } from '../words.ts';
import { DropZone } from './DropZone.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

type Props = {
  /** Why there must be some, where there must. */
  readonly needed?: string | undefined;
  /** What is said of them. */
  readonly hint?: string;
};

/** The files that are to go with a case; they are sent once it is there. */
export function EvidenceFiles({ needed, hint }: Props) {
  const { t } = useWords();
  return (
    <Form.Item
      name="files"
      label={t('start.files')}
      extra={hint ?? t('start.filesHint')}
      required={needed !== undefined}
      rules={[
        {
          validator: (_, files: readonly File[] = []) =>
            needed === undefined || files.length > 0 ? Promise.resolve() : Promise.reject(new Error(needed)),
        },
      ]}
    >
      <ChosenFiles />
    </Form.Item>
  );
}

type ChosenProps = {
  readonly id?: string;
  readonly value?: readonly File[];
  readonly onChange?: (files: readonly File[]) => void;
};

function ChosenFiles({ id, value = [], onChange }: ChosenProps) {
  const { t } = useWords();
  const limits = useAttachmentLimits().data;
  const [refused, setRefused] = useState<Problem | null>(null);
  // Several that are dropped at once come one by one, before any of them is shown.
  const chosen = [...value];
  const add = (file: File) => {
    const problem = limits ? refusalOf(file, limits) : null;
    setRefused(problem);
    if (problem || chosen.some((each) => same(each, file))) return;
    chosen.push(file);
    onChange?.([...chosen]);
  };
  return (
    <div className="stack">
      <DropZone {...(id ? { id } : {})} label={t('file.add')} onFile={add} />
      <ProblemNotice error={refused} />
      {value.length > 0 && (
        <ul className="cards" aria-label={t('start.filesChosen')}>
          {value.map((file, index) => (
            <li key={`${file.name} ${file.lastModified} ${file.size}`} className="row">
              <PaperClipOutlined aria-hidden />
              <span className="break">{file.name}</span>
              <span className="small soft figure">{sizeText(file.size)}</span>
              <Button
                size="small"
                type="text"
                aria-label={t('file.removeOf', { name: file.name })}
                onClick={() => onChange?.(value.filter((_, at) => at !== index))}
              >
                {t('do.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Whether one file was chosen twice. */
const same = (one: File, other: File): boolean =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
