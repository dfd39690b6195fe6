import { Select } from 'antd';
import type { PersonView } from '../../api/contract/organisation.ts';
import { type PersonFilter, usePersons } from '../api/organisation.ts';
import { useWords } from '../words.ts';

type Common = {
  readonly id?: string;
  readonly filter?: PersonFilter;
  /** Leaves out the persons of this unit. */
  readonly outsideUnit?: string;
};

function usePersonOptions({ filter, outsideUnit }: Common) {
  const { called } = useWords();
  const persons = usePersons(filter);
  const option = (person: PersonView) => ({ value: person.id, label: `${called(person)} · ${called(person.unit)}` });
  return (persons.data ?? []).filter(({ unit }) => unit.id !== outsideUnit).map(option);
}

/** One person in office, found by name or unit. */
export function PersonSelect({
  value,
  onChange,
  ...common
}: Common & { readonly value?: string; readonly onChange?: (id: string) => void }) {
  const { t } = useWords();
  return (
    <Select
      {...(common.id ? { id: common.id } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('person.choose')}
      options={usePersonOptions(common)}
      value={value}
      onChange={onChange}
    />
  );
}

/** Several persons in office. */
export function PersonsSelect({
  value,
  onChange,
  ...common
}: Common & { readonly value?: string[]; readonly onChange?: (ids: string[]) => void }) {
  const { t } = useWords();
  return (
    <Select
      {...(common.id ? { id: common.id } : {})}
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('person.choose')}
      options={usePersonOptions(common)}
      value={value}
      onChange={onChange}
    />
  );
}
