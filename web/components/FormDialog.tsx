import { Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import type { Problem } from '../api/problem.ts';
import { useWords } from '../words.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

type Values = Record<string, unknown>;

type Props<V> = {
  readonly title: string;
  /** What the button that sends it says, and the one that does not. */
  readonly submit: string;
  readonly cancel?: string;
  /** Whether it cannot be taken back. */
  readonly danger?: boolean;
  /** The form's, of which its inputs have their ids. */
  readonly name: string;
  readonly initialValues?: Partial<V>;
  /** How the sending goes. */
  readonly act: { readonly isPending: boolean; readonly error: Problem | null };
  readonly onSubmit: (values: V) => void;
  readonly onClose: () => void;
  /** The inputs; one that depends on another reads it by `Form.useWatch` with `Form.useFormInstance`. */
  readonly children: ReactNode;
};

/** A dialog named by an act: it asks for what the act needs, and says why it was refused. */
export function FormDialog<V extends Values = Values>({
  title,
  submit,
  cancel,
  danger = false,
  name,
  initialValues = {},
  act,
  onSubmit,
  onClose,
  children,
}: Props<V>) {
  const { t } = useWords();
  const [form] = Form.useForm<V>();
  return (
    <Modal
      open
      title={title}
      okText={submit}
      okButtonProps={{ danger }}
      cancelText={cancel ?? t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name={name}
        layout="vertical"
        initialValues={initialValues}
        preserve={false}
        scrollToFirstError
        onFinish={onSubmit}
      >
        {children}
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}

/** The rule of a text that must be filled in. */
export function useRequired() {
  const { t } = useWords();
  return [{ required: true, whitespace: true, message: t('form.required') }];
}
