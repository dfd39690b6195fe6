import { Form, Input, Modal, Select } from 'antd';
import type { OperationView, ProjectDetail } from '../../../api/contract/projects.ts';
import { operationStates, operationTiers } from '../../../domain/operation.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { today } from '../AppointmentFields.tsx';
import { ChoiceItem } from '../ChoiceItem.tsx';
import { bodyOf } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = {
  readonly detail: ProjectDetail;
  /** The one that is changed; a new one is entered without it. */
  readonly operation?: OperationView;
  readonly onClose: () => void;
};

/** A claim, a change order, a settlement or a collection is entered, or goes on. */
export function OperationForm({ detail, operation, onClose }: Props) {
  const { t, named, language } = useWords();
  const [form] = Form.useForm();
  const { project, account, kinds } = detail;
  const act = useAct([['project'], ['account', account.id]]);
  const state = Form.useWatch('state', form) ?? operation?.form.state;
  const required = [{ required: true, message: t('form.required') }];
  const path = `/projects/${project.id}/operations`;
  const offered = kinds.filter(({ id, retired }) => !retired || id === operation?.kind.id);
  const save = ({ agreedYuan, ...values }: Record<string, unknown>) => {
    const body = bodyOf(values.state === 'agreed' ? { ...values, agreedYuan } : values);
    act.mutate(
      operation
        ? { method: 'PUT', path: `${path}/${operation.id}`, body, ifMatch: `"${operation.version}"` }
        : { method: 'POST', path, body },
      { onSuccess: onClose },
    );
  };
  return (
    <Modal
      open
      title={t(operation ? 'operation.change' : 'operation.enter')}
      okText={t('do.save')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="operation"
        layout="vertical"
        scrollToFirstError
        initialValues={operation ? operation.form : { state: 'claimed', on: today() }}
        onFinish={save}
      >
        <Form.Item name="kindId" label={t('word.kind')} rules={required}>
          <Select
            options={operationTiers.map((tier) => ({
              label: named('operation.tier', tier),
              title: tier,
              options: offered
                .filter((kind) => kind.tier === tier)
                .map((kind) => ({ value: kind.id, label: language === 'en' ? kind.nameEn : kind.name })),
            }))}
          />
        </Form.Item>
        <ChoiceItem name="state" label={t('word.status')} codes={operationStates} words="operation.state" />
        <Form.Item name="claimedYuan" label={t('operation.claimedYuan')} rules={required}>
          <AmountInput />
        </Form.Item>
        {state === 'agreed' && (
          <Form.Item name="agreedYuan" label={t('operation.agreedYuan')} rules={required}>
            <AmountInput />
          </Form.Item>
        )}
        <Form.Item name="on" label={t('operation.on')} rules={required}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="note" label={t('project.remark')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
