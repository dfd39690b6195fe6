import { Select } from 'antd';
import { useUnits } from '../api/organisation.ts';
import { useWords } from '../words.ts';

/** A unit that holds accounts and builds: headquarters or a branch. `among` narrows them to these. */
export function BuilderSelect({
  id,
  value,
  onChange,
  among,
}: {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (unitId: string) => void;
  readonly among?: readonly string[];
}) {
  const { called } = useWords();
  const units = useUnits().data?.items ?? [];
  return (
    <Select
      {...(id ? { id } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      options={units
        .filter(
          (unit) => (unit.kind === 'branch' || unit.kind === 'headquarters') && (among?.includes(unit.id) ?? true),
        )
        .map((unit) => ({ value: unit.id, label: called(unit) }))}
      value={value}
      onChange={onChange}
    />
  );
}
