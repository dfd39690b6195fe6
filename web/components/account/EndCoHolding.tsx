import { Form, Input, Modal } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import type { CoHoldersView } from '../../../api/contract/coHolders.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { bodyOf } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

/** A unit gives its co-holding up, or the office ends it with the unit's consent. */
export function EndCoHolding({
  account,
  held,
  onClose,
}: {
  readonly account: AccountView;
  readonly held: CoHoldersView['items'][number];
  readonly onClose: () => void;
}) {
  const { t, called } = useWords();
  const [form] = Form.useForm();
  const act = useAct([['account', account.id]]);
  const required = [{ required: true, message: t('form.required') }];
  const path = `/accounts/${account.id}/co-holders/${held.holdingId}/end`;
  return (
    <Modal
      open
      title={t('coHolders.endTitle', { unit: called(held.unit) })}
      okText={t('coHolders.end')}
      okButtonProps={{ danger: true }}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="soft">{t('coHolders.endHint')}</p>
      <Form
        form={form}
        name="end-co-holding"
        layout="vertical"
        onFinish={(values) => act.mutate({ method: 'POST', path, body: bodyOf(values) }, { onSuccess: onClose })}
      >
        <Form.Item name="reason" label={t('coHolders.reason')} rules={required}>
          <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
        {held.mayEnd === 'withConsent' && (
          <Form.Item name="consentDocument" label={t('coHolders.consent')} rules={required}>
            <Input maxLength={200} />
          </Form.Item>
        )}
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
