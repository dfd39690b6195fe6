import { Form, Input, Modal } from 'antd';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = { readonly accountId: string; readonly day: string | null; readonly onClose: () => void };

/** A visit is planned ahead: for which day, and what for. */
export function PlanVisit({ accountId, day, onClose }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const act = useAct([['account', accountId], ['myVisits']]);
  return (
    <Modal
      open
      title={t('visit.plan')}
      okText={t('visit.plan.save')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="plan-visit"
        layout="vertical"
        initialValues={{ plannedOn: day ?? undefined }}
        onFinish={({ plannedOn, purpose }) =>
          act.mutate(
            {
              method: 'POST',
              path: `/accounts/${accountId}/visits/plan`,
              body: { plannedOn, ...(purpose ? { purpose } : {}) },
            },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item
          name="plannedOn"
          label={t('visit.plan.day')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input type="date" min={today()} />
        </Form.Item>
        <Form.Item name="purpose" label={t('visit.plan.purpose')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
