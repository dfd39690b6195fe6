import { useId } from 'react';

type Props = {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly note?: string }[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
};

/** Any of a few: checkboxes whose whole field is the target, for a thumb. */
export function Chips({ label, options, value, onChange }: Props) {
  const name = useId();
  return (
    <fieldset className="choices chips">
      <legend className="unseen">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="checkbox"
            name={name}
            checked={value.includes(option.value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...value, option.value] : value.filter((each) => each !== option.value))
            }
          />
          <span>
            {option.label}
            {option.note && <small> {option.note}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
