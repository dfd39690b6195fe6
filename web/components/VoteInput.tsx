import { useId } from 'react';
import { useWords } from '../words.ts';

const choices = ['for', 'against', 'abstain'] as const;

/** 同意, 反对 or 弃权: three large targets, so that a phone does. */
export function VoteInput({
  id,
  value,
  onChange,
}: {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (choice: string) => void;
}) {
  const { t, named } = useWords();
  const name = useId();
  return (
    <fieldset className="choices" id={id} aria-label={t('field.choice')}>
      {choices.map((choice) => (
        <label key={choice} className="choice">
          <input
            type="radio"
            name={name}
            value={choice}
            checked={value === choice}
            onChange={() => onChange?.(choice)}
          />
          <span>{named('vote', choice)}</span>
        </label>
      ))}
    </fieldset>
  );
}
