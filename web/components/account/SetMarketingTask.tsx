import { Form, Input, Modal } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { PersonSelect } from '../PersonSelect.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

/** A marketing task is set: what, by when, and by whom; the manager unless another is chosen. */
export function SetMarketingTask({
  account,
  onClose,
}: {
  readonly account: AccountView;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const act = useAct([['account', account.id]]);
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('marketing.set')}
      okText={t('marketing.set')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="marketing-task"
        layout="vertical"
        initialValues={{ ownerId: account.manager?.id }}
        onFinish={(body) =>
          act.mutate({ method: 'POST', path: `/accounts/${account.id}/marketing-tasks`, body }, { onSuccess: onClose })
        }
      >
        <Form.Item name="what" label={t('marketing.what')} rules={required}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
        <Form.Item name="dueOn" label={t('marketing.dueOn')} rules={required}>
          <Input type="date" min={today()} />
        </Form.Item>
        <Form.Item name="ownerId" label={t('marketing.ownerId')} rules={required}>
          <PersonSelect {...(account.unit ? { filter: { unitId: account.unit.id } } : {})} />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
