import { Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useAct } from '../../api/act.ts';
import { useSendAlong } from '../../api/upload.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { bodyOf } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Values = Readonly<Record<string, unknown>>;

type Props = {
  /** The route by which it is started, where several start one by what was filled in. */
  readonly path: string | ((values: Values) => string);
  readonly title: string;
  readonly submit: string;
  readonly initialValues?: Values;
  /** What is sent of what was filled in; all of it where this is missing. */
  readonly body?: (values: Values) => object;
  /** The inputs; one that depends on another reads it by `Form.useWatch`. What goes with the case is chosen by `EvidenceFiles`. */
  readonly children: ReactNode;
  readonly onClose: () => void;
};

/** Asks for what a case is started with, starts it, sends it the files that go with it, and goes on to its page. */
export function StartCase({
  path,
  title,
  submit,
  initialValues = {},
  body = (values) => values,
  children,
  onClose,
}: Props) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const onward = useOnward();
  const sendAlong = useSendAlong();
  const act = useAct<{ caseId: string }>([['account'], ['cases'], ['person'], ['unit'], ['unattended']]);
  const start = ({ files = [], ...given }: Values & { readonly files?: readonly File[] }) => {
    const values = bodyOf(given);
    act.mutate(
      { method: 'POST', path: typeof path === 'string' ? path : path(values), body: body(values) },
      {
        onSuccess: ({ value: { caseId } }) => {
          sendAlong(caseId, files);
          onward(`/cases/${caseId}`);
        },
      },
    );
  };
  return (
    <Modal
      open
      title={title}
      okText={submit}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="start"
        layout="vertical"
        initialValues={initialValues}
        preserve={false}
        scrollToFirstError
        onFinish={start}
      >
        {children}
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}

/** The rule of an input that must be filled. */
export function useRequired() {
  const { t } = useWords();
  return [{ required: true, whitespace: true, message: t('form.required') }];
}
