import { Form, type FormProps, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Act, ActResult } from '../api/act.ts';
import { asProblem } from '../api/problem.ts';
import { useWords } from '../words.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

type Props<Values extends object> = {
  readonly title: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly initialValues?: Partial<Values>;
  readonly act: ActResult<unknown>;
  readonly request: (values: Values) => Act;
  /** What exactly will be saved, shown before it is. */
  readonly review: (values: Values) => ReactNode;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ReactNode;
};

/** A form in a dialog and its review before saving. What is refused is said at its field, where it has one. */
export function TwoStepDialog<Values extends object>(props: Props<Values>) {
  const { title, confirm, danger = false, initialValues, act, request, review, onClose, children } = props;
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const [given, setGiven] = useState<Values | null>(null);
  const save = () =>
    given &&
    act.mutate(request(given), {
      onSuccess: onClose,
      onError: (error) => {
        const { field, detail } = asProblem(error);
        if (!field || form.getFieldInstance(field as never) === undefined) return;
        setGiven(null);
        form.setFields([{ name: field as never, errors: [detail] }]);
      },
    });
  return (
    <Modal
      open
      title={title}
      okText={given ? confirm : t('do.next')}
      okButtonProps={{ danger: danger && given !== null }}
      cancelText={given ? t('do.back') : t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={given ? save : form.submit}
      onCancel={() => (given ? setGiven(null) : onClose())}
    >
      <div className="stack">
        <ProblemNotice error={act.error} />
        <div hidden={given !== null}>
          <Form<Values>
            form={form}
            name="change"
            layout="vertical"
            initialValues={(initialValues ?? {}) as NonNullable<FormProps<Values>['initialValues']>}
            onFinish={(values) => {
              act.reset();
              setGiven(values);
            }}
          >
            {children}
          </Form>
        </div>
        {given && (
          <section className="stack" aria-label={t('do.review')}>
            <strong>{t('do.review')}</strong>
            {review(given)}
          </section>
        )}
      </div>
    </Modal>
  );
}
