import { Form, Modal } from 'antd';
import type { Field } from '../answers.ts';
import type { Problem } from '../api/problem.ts';
import { useWords } from '../words.ts';
import type { FieldContext } from './FieldInput.tsx';
import { bodyOf, Fields } from './Fields.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

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
  const [form] = Form.useForm();
  return (
    <Modal
      open
      title={title}
      okText={t('do.confirm')}
      cancelText={t('do.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} name="ask" layout="vertical" onFinish={(values) => onSubmit(bodyOf(values))}>
        <Fields fields={fields} context={context} />
      </Form>
      <ProblemNotice error={error} />
    </Modal>
  );
}
