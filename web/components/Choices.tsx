import { useId } from 'react';

type Value = string | number | boolean;

type Props = {
  readonly id?: string;
  readonly label: string;
  readonly options: readonly (readonly [value: Value, label: string])[];
  /** `large` for what is decided with a thumb, `small` for a scale. */
  readonly size?: 'large' | 'small';
  /** Shows the number key of each, where the page listens to them. */
  readonly numbered?: boolean;
  readonly value?: Value | undefined;
  readonly onChange?: (value: Value) => void;
};

/** One of a few: radio buttons whose whole field is the target, so that a phone and a keyboard both do. */
export function Choices({ id, label, options, size, numbered, value, onChange }: Props) {
  const name = useId();
  return (
    <div role="radiogroup" id={id} aria-label={label} className={`choices ${size ?? ''}`}>
      {options.map(([each, text], index) => (
        <label key={String(each)} className="choice">
          <input type="radio" name={name} checked={value === each} onChange={() => onChange?.(each)} />
          <span>
            {text}
            {numbered && (
              <kbd className="wide-only" aria-hidden>
                {index + 1}
              </kbd>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
