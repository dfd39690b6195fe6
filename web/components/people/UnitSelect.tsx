import { Select } from 'antd';
import { useUnits } from '../../api/organisation.ts';
import { useWords } from '../../words.ts';

type Props = {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (id: string | undefined) => void;
  readonly without?: string;
  readonly allowClear?: boolean;
};

/** One of the units that stand. */
export function UnitSelect({ id, value, onChange, without, allowClear = false }: Props) {
  const { t, called } = useWords();
  const units = useUnits().data?.items ?? [];
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear={allowClear}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('word.unit')}
      value={value}
      onChange={onChange}
      options={units
        .filter((unit) => unit.dissolvedOn === null && unit.id !== without)
        .map((unit) => ({ value: unit.id, label: called(unit) }))}
    />
  );
}
