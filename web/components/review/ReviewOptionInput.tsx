import { useEffect } from 'react';
import { reviewOptions } from '../../../domain/review.ts';
import { useWords } from '../../words.ts';
import { Choices } from '../Choices.tsx';
import { useAssessed } from './assessed.ts';

type Props = {
  readonly label: string;
  readonly caseId: string;
  readonly id?: string;
  readonly value?: never;
  readonly onChange?: (value: unknown) => void;
};

/** Intensify, maintain or terminate; what the score suggests is filled in. */
export function ReviewOptionInput({ label, caseId, value, onChange, ...control }: Props) {
  const { t, named } = useWords();
  const assessed = useAssessed(caseId);
  const suggested = assessed?.score?.suggests;
  useEffect(() => {
    if (value === undefined && suggested) onChange?.(suggested);
  }, [value, suggested, onChange]);
  return (
    <>
      <Choices
        label={label}
        options={reviewOptions.map((option) => [option, named('option', option)])}
        {...(value === undefined ? {} : { value })}
        {...(onChange ? { onChange } : {})}
        {...control}
      />
      {suggested && (
        <p className="small soft" style={{ margin: '6px 0 0' }}>
          {t('score.suggests', { option: named('option', suggested) })}
          {t('list.semicolon')}
          {assessed?.gradeProposed
            ? t('review.assessGradeAbout', {
                held: named('grade', assessed.gradeHeld),
                given: named('grade', assessed.gradeProposed),
              })
            : t('review.gradeFits')}
        </p>
      )}
    </>
  );
}
