import { Form } from 'antd';
import { Suspense } from 'react';
import type { Field } from '../answers.ts';
import { useWords } from '../words.ts';
import { type FieldContext, FieldInput } from './FieldInput.tsx';
import { scoresComplete } from './ScoresInput.tsx';

/** The inputs of a list of fields, each with its label and whether it must be given. */
export function Fields({ fields, context }: { readonly fields: readonly Field[]; readonly context: FieldContext }) {
  const { t } = useWords();
  const rule = (field: Field) =>
    field.kind === 'scores'
      ? {
          validator: (_: unknown, value: unknown) =>
            scoresComplete(value) ? Promise.resolve() : Promise.reject(new Error(t('field.scoresAll'))),
        }
      : { required: true, message: t('form.required') };
  return (
    <Suspense fallback={null}>
      {fields.map((field) => (
        <Form.Item
          key={field.name}
          name={field.name}
          label={t(field.label)}
          required={!field.optional}
          rules={field.optional ? [] : [rule(field)]}
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
