import { Form, Input } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import type { CoHoldersView } from '../../../api/contract/coHolders.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { bodyOf } from '../Fields.tsx';
import { FormDialog, useRequired } from '../FormDialog.tsx';

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
  const act = useAct([['account', account.id]]);
  const required = useRequired();
  const path = `/accounts/${account.id}/co-holders/${held.holdingId}/end`;
  return (
    <FormDialog
      title={t('coHolders.endTitle', { unit: called(held.unit) })}
      submit={t('coHolders.end')}
      danger
      name="end-co-holding"
      act={act}
      onSubmit={(values) => act.mutate({ method: 'POST', path, body: bodyOf(values) }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="soft">{t('coHolders.endHint')}</p>
      <Form.Item name="reason" label={t('coHolders.reason')} rules={required}>
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {held.mayEnd === 'withConsent' && (
        <Form.Item name="consentDocument" label={t('coHolders.consent')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
