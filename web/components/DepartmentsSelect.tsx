import { Select } from 'antd';
import { useUnits } from '../api/organisation.ts';
import { useWords } from '../words.ts';

/** Departments of headquarters, to countersign 会签. */
export function DepartmentsSelect({
  id,
  value,
  onChange,
}: {
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (ids: string[]) => void;
}) {
  const { t, called } = useWords();
  const units = useUnits();
  return (
    <Select
      {...(id ? { id } : {})}
      mode="multiple"
      placeholder={t('field.departmentsHint')}
      showSearch={{ optionFilterProp: 'label' }}
      options={(units.data?.items ?? [])
        .filter(({ kind }) => kind === 'department')
        .map((unit) => ({ value: unit.id, label: called(unit) }))}
      value={value}
      onChange={onChange}
    />
  );
}
