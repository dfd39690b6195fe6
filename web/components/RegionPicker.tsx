import { Cascader } from 'antd';
import { regionPath, regionsWithin } from '../../domain/regionNames.ts';
import { useWords } from '../words.ts';

type Option = { readonly value: string; readonly label: string; readonly children?: Option[] };

let read: Option[] | null = null;

/** All regions as choices, made when a picker is first shown. */
function options(): Option[] {
  read ??= within(null);
  return read;
}

function within(parent: string | null): Option[] {
  return regionsWithin(parent).map(({ code, name }) => {
    const children = within(code);
    return children.length > 0 ? { value: code, label: name, children } : { value: code, label: name };
  });
}

const pathOf = (code: string): string[] =>
  [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code].filter((each, index, all) => all.indexOf(each) === index);

/** A region of GB/T 2260, from the province down; any level may be chosen, and names can be searched. */
export function RegionPicker({
  id,
  label,
  value,
  onChange,
}: {
  readonly id?: string;
  readonly label?: string;
  readonly value?: string | null;
  readonly onChange?: (code: string | undefined) => void;
}) {
  const { t } = useWords();
  return (
    <Cascader<Option>
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      options={options()}
      changeOnSelect
      showSearch
      placeholder={t('region.choose')}
      style={{ width: '100%' }}
      value={value ? pathOf(value) : []}
      onChange={(path) => onChange?.(path?.at(-1) ?? undefined)}
      displayRender={() => (value ? regionPath(value).join(' ') || value : '')}
    />
  );
}

/** Several regions; a province stands for all in it. */
export function RegionsPicker({
  id,
  value = [],
  onChange,
}: {
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (codes: string[]) => void;
}) {
  const { t } = useWords();
  return (
    <Cascader<Option>
      {...(id ? { id } : {})}
      multiple
      options={options()}
      showSearch
      maxTagCount="responsive"
      placeholder={t('region.choose')}
      style={{ width: '100%' }}
      value={value.map(pathOf)}
      onChange={(paths) => onChange?.(paths.flatMap((path) => path.at(-1) ?? []))}
    />
  );
}
