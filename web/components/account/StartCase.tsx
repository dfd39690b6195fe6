import { Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { useAct } from '../../api/act.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { bodyOf } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = {
  readonly account: AccountView;
  /** The route under the account's by which it is started. */
  readonly path: string;
  readonly title: string;
  readonly submit: string;
  readonly initialValues?: Readonly<Record<string, unknown>>;
  /** The inputs; one that depends on another reads it by `Form.useWatch`. */
  readonly children: ReactNode;
  readonly onClose: () => void;
};

/** Asks for what a case about an account is started with, starts it, and goes on to its page. */
export function StartCase({ account, path, title, submit, initialValues = {}, children, onClose }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const onward = useOnward();
  const act = useAct<{ caseId: string }>([['account', account.id]]);
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
        name={path}
        layout="vertical"
        initialValues={initialValues}
        preserve={false}
        onFinish={(values) =>
          act.mutate(
            { method: 'POST', path: `/accounts/${account.id}/${path}`, body: bodyOf(values) },
            { onSuccess: ({ value }) => onward(`/cases/${value.caseId}`) },
          )
        }
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
  return [{ required: true, message: t('form.required') }];
}
