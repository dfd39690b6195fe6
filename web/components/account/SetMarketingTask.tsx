import { Form, Input } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { FormDialog, useRequired } from '../FormDialog.tsx';
import { PersonSelect } from '../PersonSelect.tsx';

/** A marketing task is set: what, by when, and by whom; the manager unless another is chosen. */
export function SetMarketingTask({
  account,
  onClose,
}: {
  readonly account: AccountView;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const act = useAct([['account', account.id]]);
  const required = useRequired();
  return (
    <FormDialog
      title={t('marketing.set')}
      submit={t('marketing.set')}
      name="marketing-task"
      initialValues={{ ownerId: account.manager?.id }}
      act={act}
      onSubmit={(body) =>
        act.mutate({ method: 'POST', path: `/accounts/${account.id}/marketing-tasks`, body }, { onSuccess: onClose })
      }
      onClose={onClose}
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
    </FormDialog>
  );
}
