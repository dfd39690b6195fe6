import type { Field } from '../answers.ts';
import type { Problem } from '../api/problem.ts';
import { useWords } from '../words.ts';
import type { FieldContext } from './FieldInput.tsx';
import { bodyOf, Fields } from './Fields.tsx';
import { FormDialog } from './FormDialog.tsx';

type Props = {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly context: FieldContext;
  readonly pending: boolean;
  readonly error: Problem | null;
  readonly onSubmit: (body: Record<string, unknown>) => void;
  readonly onClose: () => void;
};

/** Asks what an act needs, in a dialog named by the act. */
export function AskDialog({ title, fields, context, pending, error, onSubmit, onClose }: Props) {
  const { t } = useWords();
  return (
    <FormDialog
      title={title}
      submit={t('do.confirm')}
      name="ask"
      act={{ isPending: pending, error }}
      onSubmit={(values) => onSubmit(bodyOf(values))}
      onClose={onClose}
    >
      <Fields fields={fields} context={context} />
    </FormDialog>
  );
}
