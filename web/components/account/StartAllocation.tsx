import { Form, Input } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import type { PlaceView } from '../../../api/contract/allocations.ts';
import { useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { EvidenceFiles } from '../EvidenceFiles.tsx';
import { useRequired } from '../FormDialog.tsx';
import { PlacePicture } from '../PlacePicture.tsx';
import { RegionPicker } from '../RegionPicker.tsx';
import { StartCase } from './StartCase.tsx';

/** Asks which unit builds a project; whose territory its place is, is said as soon as it is chosen (Article 7.2). */
export function StartAllocation({ account, onClose }: { readonly account: AccountView; readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <StartCase
      path={`/accounts/${account.id}/allocations`}
      title={t('allocation.startTitle')}
      submit={t('allocation.start')}
      onClose={onClose}
    >
      <Inputs accountId={account.id} />
    </StartCase>
  );
}

function Inputs({ accountId }: { readonly accountId: string }) {
  const { t } = useWords();
  const required = useRequired();
  const regionCode = Form.useWatch<string | undefined>('regionCode', Form.useFormInstance());
  const place = useOne<PlaceView>(
    ['account', accountId, 'projectPlace', regionCode],
    regionCode ? `/accounts/${accountId}/project-places/${regionCode}` : null,
  ).data;
  return (
    <>
      <Form.Item name="projectName" label={t('allocation.project')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="regionCode" label={t('allocation.region')} rules={required}>
        <RegionPicker />
      </Form.Item>
      {regionCode && place && <PlacePicture place={place} regionCode={regionCode} />}
      <Form.Item name="amountYuan" label={t('allocation.amount')}>
        <AmountInput />
      </Form.Item>
      <Form.Item name="reason" label={t('allocation.reason')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {/* Inside the leading unit's territory nobody is asked: the case ends as it is opened, and takes no files. */}
      {place && place.kind !== 'inside' && <EvidenceFiles />}
    </>
  );
}
