import { Select } from 'antd';
import type { PersonView } from '../../api/contract/organisation.ts';
import { type PersonFilter, usePersons } from '../api/organisation.ts';
import { useWords } from '../words.ts';
import { useAway } from './Absent.tsx';

type Common = {
  readonly id?: string;
  readonly label?: string;
  readonly filter?: PersonFilter;
  /** Leaves out the persons of this unit. */
  readonly outsideUnit?: string;
};

/** Who is away says so beside his name. */
function useAwayText() {
  const { t } = useWords();
  const away = useAway();
  return (id: string): string => {
    const found = away.find(({ person }) => person.id === id);
    return found ? `（${t('absence.chip', { from: found.firstDay.slice(5), to: found.lastDay.slice(5) })}）` : '';
  };
}

function usePersonOptions({ filter, outsideUnit }: Common) {
  const { called } = useWords();
  const persons = usePersons(filter);
  const awayText = useAwayText();
  const option = (person: PersonView) => ({
    value: person.id,
    label: `${called(person)} · ${called(person.unit)}${awayText(person.id)}`,
  });
  return (persons.data ?? []).filter(({ unit }) => unit.id !== outsideUnit).map(option);
}

/** One person in office, found by name or unit. */
export function PersonSelect({
  value,
  onChange,
  allowClear = false,
  ...common
}: Common & {
  readonly value?: string;
  readonly onChange?: (id: string) => void;
  readonly allowClear?: boolean;
}) {
  const { t } = useWords();
  return (
    <Select
      {...(common.id ? { id: common.id } : {})}
      {...(common.label ? { 'aria-label': common.label } : {})}
      allowClear={allowClear}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={common.label ?? t('person.choose')}
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
