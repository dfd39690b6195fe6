import { Form, type FormRule } from 'antd';
import { Suspense } from 'react';
import type { Field } from '../answers.ts';
import { useWords, type WordKey } from '../words.ts';
import { type FieldContext, FieldInput } from './FieldInput.tsx';
import { measuresComplete, planComplete } from './plan/measures.ts';
import { departs, useAssessed } from './review/assessed.ts';
import { scoresComplete } from './ScoresInput.tsx';

/** The inputs of a list of fields, each with its label and whether it must be given. */
export function Fields({ fields, context }: { readonly fields: readonly Field[]; readonly context: FieldContext }) {
  const { t } = useWords();
  const assessed = useAssessed(fields.some(({ kind }) => kind === 'reviewOption') ? context.caseId : null);
  const whole = (isComplete: (value: unknown) => boolean, otherwise: WordKey) => ({
    validator: (_: unknown, value: unknown) =>
      isComplete(value) ? Promise.resolve() : Promise.reject(new Error(t(otherwise))),
  });
  const rule = (field: Field) => {
    if (field.kind === 'scores') return whole(scoresComplete, 'field.scoresAll');
    if (field.kind === 'plan') return whole(planComplete, 'measure.incomplete');
    if (field.kind === 'measures') return whole(measuresComplete, 'measure.incomplete');
    return { required: true, message: t('form.required') };
  };
  /** The reason of whoever assesses otherwise than the score and the totals suggest. */
  const reasoned =
    (field: Field) =>
    ({ getFieldValue }: { readonly getFieldValue: (name: string) => unknown }) => ({
      validator: (_: unknown, value: unknown) =>
        String(value ?? '').trim() !== '' ||
        !departs(assessed, getFieldValue('option'), field.kind === 'departureFromGrade')
          ? Promise.resolve()
          : Promise.reject(new Error(t('review.reasonNeeded'))),
    });
  const rulesOf = (field: Field): FormRule[] => {
    if (field.kind === 'departure' || field.kind === 'departureFromGrade') return [reasoned(field)];
    return field.optional ? [] : [rule(field)];
  };
  return (
    <Suspense fallback={null}>
      {fields.map((field) => (
        <Form.Item
          key={field.name}
          name={field.name}
          label={t(field.label)}
          required={!field.optional}
          rules={rulesOf(field)}
        >
          <FieldInput field={field} context={context} />
        </Form.Item>
      ))}
    </Suspense>
  );
}

/** The body of an answer: what was left empty is left out. */
export function bodyOf(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const)
      .filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
