import { Select } from 'antd';
import { useAttachments } from '../../api/cases.ts';
import { useWords } from '../../words.ts';

type Props = {
  readonly id?: string;
  readonly caseId: string;
  readonly several?: boolean;
  readonly value?: string | string[];
  readonly onChange?: (names: string | string[]) => void;
};

/** Files of the case, by name: the form names its evidence, the files themselves are the case's. */
export function FileNames({ id, caseId, several = false, value, onChange }: Props) {
  const { t } = useWords();
  const files = useAttachments(caseId);
  return (
    <Select<string | string[]>
      {...(id ? { id } : {})}
      {...(several ? { mode: 'multiple' as const } : { allowClear: true })}
      placeholder={t('file.chooseOfCase')}
      notFoundContent={t('file.none')}
      options={[...new Set((files.data?.items ?? []).map(({ name }) => name))].map((name) => ({
        value: name,
        label: name,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
