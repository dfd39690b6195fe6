import { Form, Input, Modal } from 'antd';
import { useNavigate } from 'react-router';
import type { AccountView } from '../../../api/contract/accounts.ts';
import type { PlaceView } from '../../../api/contract/allocations.ts';
import { useAct } from '../../api/act.ts';
import { useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { bodyOf } from '../Fields.tsx';
import { PlacePicture } from '../PlacePicture.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { RegionPicker } from '../RegionPicker.tsx';

/** Asks which unit builds a project; whose territory its place is, is said as soon as it is chosen (Article 7.2). */
export function StartAllocation({ account, onClose }: { readonly account: AccountView; readonly onClose: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const navigate = useNavigate();
  const regionCode = Form.useWatch<string | undefined>('regionCode', form);
  const act = useAct<{ caseId: string }>([['account', account.id]]);
  const required = [{ required: true, message: t('form.required') }];
  const start = (values: Record<string, unknown>) =>
    act.mutate(
      { method: 'POST', path: `/accounts/${account.id}/allocations`, body: bodyOf(values) },
      { onSuccess: ({ value }) => navigate(`/cases/${value.caseId}`) },
    );
  return (
    <Modal
      open
      title={t('allocation.startTitle')}
      okText={t('allocation.start')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} name="allocation" layout="vertical" onFinish={start}>
        <Form.Item name="projectName" label={t('allocation.project')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="regionCode" label={t('allocation.region')} rules={required}>
          <RegionPicker />
        </Form.Item>
        {regionCode && <Whose accountId={account.id} regionCode={regionCode} />}
        <Form.Item name="amountYuan" label={t('allocation.amount')}>
          <AmountInput />
        </Form.Item>
        <Form.Item name="reason" label={t('allocation.reason')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}

function Whose({ accountId, regionCode }: { readonly accountId: string; readonly regionCode: string }) {
  const place = useOne<PlaceView>(
    ['account', accountId, 'projectPlace', regionCode],
    `/accounts/${accountId}/project-places/${regionCode}`,
  );
  return place.data ? <PlacePicture place={place.data} regionCode={regionCode} /> : null;
}
