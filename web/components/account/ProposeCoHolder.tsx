import { Form, Input } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import type { UnitRef } from '../../../api/contract/shared.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { BuilderSelect } from '../BuilderSelect.tsx';
import { EvidenceFiles } from '../EvidenceFiles.tsx';
import { useRequired } from '../FormDialog.tsx';
import { RegionsPicker } from '../RegionPicker.tsx';
import { StartCase } from './StartCase.tsx';

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
  const required = useRequired();
  const [only] = proposable.length === 1 ? proposable : [];
  return (
    <StartCase
      path={`/accounts/${account.id}/co-holders`}
      title={t('coHolders.proposeTitle')}
      submit={t('coHolders.propose')}
      initialValues={{ unitId: only?.id, regionCodes: [] }}
      onClose={onClose}
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
      <EvidenceFiles />
    </StartCase>
  );
}
