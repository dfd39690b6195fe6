import { Form, Input, Modal } from 'antd';
import { useNavigate } from 'react-router';
import type { AccountView } from '../../../api/contract/accounts.ts';
import type { UnitRef } from '../../../api/contract/shared.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { BuilderSelect } from '../BuilderSelect.tsx';
import { bodyOf } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { RegionsPicker } from '../RegionPicker.tsx';

/** A co-holder is proposed (Article 7.4): which unit, why, and the regions or the volume that justify it. */
export function ProposeCoHolder({
  account,
  proposable,
  onClose,
}: {
  readonly account: AccountView;
  readonly proposable: readonly UnitRef[];
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const navigate = useNavigate();
  const act = useAct<{ caseId: string }>([['account', account.id]]);
  const required = [{ required: true, message: t('form.required') }];
  const [only] = proposable.length === 1 ? proposable : [];
  const propose = (values: Record<string, unknown>) =>
    act.mutate(
      { method: 'POST', path: `/accounts/${account.id}/co-holders`, body: bodyOf(values) },
      { onSuccess: ({ value }) => navigate(`/cases/${value.caseId}`) },
    );
  return (
    <Modal
      open
      title={t('coHolders.proposeTitle')}
      okText={t('coHolders.propose')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="co-holder"
        layout="vertical"
        initialValues={{ unitId: only?.id, regionCodes: [] }}
        onFinish={propose}
      >
        <Form.Item name="unitId" label={t('coHolders.unit')} extra={t('coHolders.unitHint')} rules={required}>
          <BuilderSelect among={proposable.map(({ id }) => id)} />
        </Form.Item>
        <Form.Item name="reason" label={t('coHolders.reason')} rules={required}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
        </Form.Item>
        <Form.Item name="regionCodes" label={t('coHolders.regions')} extra={t('coHolders.either')}>
          <RegionsPicker />
        </Form.Item>
        <Form.Item name="volumeYuan" label={t('coHolders.volume')}>
          <AmountInput />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
