import { Form, Input, Modal } from 'antd';
import { type OperationTier, operationTiers } from '../../../domain/operation.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { Choices } from '../Choices.tsx';
import { bodyOf } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = { readonly tier: OperationTier; readonly onClose: () => void };

/** A kind of secondary or tertiary operation, named in both languages. */
export function AddOperationKind({ tier, onClose }: Props) {
  const { t, named } = useWords();
  const [form] = Form.useForm();
  const act = useAct([['operation-kinds'], ['project']]);
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('operationKind.add')}
      okText={t('operationKind.add')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="operation-kind"
        layout="vertical"
        initialValues={{ tier }}
        onFinish={(values) =>
          act.mutate({ method: 'POST', path: '/operation-kinds', body: bodyOf(values) }, { onSuccess: onClose })
        }
      >
        <Form.Item name="tier" label={t('operationKind.tier')}>
          <Choices
            label={t('operationKind.tier')}
            options={operationTiers.map((each) => [each, named('operation.tier', each)])}
          />
        </Form.Item>
        <Form.Item name="name" label={t('operationKind.name')} rules={required}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('operationKind.nameEn')} rules={required}>
          <Input maxLength={80} lang="en" />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
