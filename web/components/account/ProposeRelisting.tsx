import { Form, Input } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { useWords } from '../../words.ts';
import { EvidenceFiles } from '../EvidenceFiles.tsx';
import { useRequired } from '../FormDialog.tsx';
import { StartCase } from './StartCase.tsx';

type Props = { readonly account: AccountView; readonly onClose: () => void };

/** Puts forward that the account come back onto the list, with what proves it. */
export function ProposeRelisting({ account, onClose }: Props) {
  const { t } = useWords();
  return (
    <StartCase
      path={`/accounts/${account.id}/relistings`}
      title={t('relisting.propose')}
      submit={t('suggestion.submit')}
      onClose={onClose}
    >
      <Inputs />
    </StartCase>
  );
}

function Inputs() {
  const { t } = useWords();
  const required = useRequired();
  return (
    <>
      <Form.Item name="grounds" label={t('relisting.grounds')} rules={required}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="source" label={t('relisting.source')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <EvidenceFiles needed={t('relisting.proofNeeded')} hint={t('relisting.proofHint')} />
    </>
  );
}
