import { Form, Input } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { exitGrounds } from '../../../domain/exit.ts';
import { useWords } from '../../words.ts';
import { ChoiceItem } from '../ChoiceItem.tsx';
import { EvidenceFiles } from '../EvidenceFiles.tsx';
import { useRequired } from '../FormDialog.tsx';
import { StartCase } from './StartCase.tsx';

type Props = { readonly account: AccountView; readonly onClose: () => void };

/** Puts forward a mid-year exit, with what proves it. */
export function ProposeExit({ account, onClose }: Props) {
  const { t } = useWords();
  return (
    <StartCase
      path={`/accounts/${account.id}/exits`}
      title={t('exit.propose')}
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
  const ground = Form.useWatch('ground', Form.useFormInstance());
  return (
    <>
      <ChoiceItem name="ground" label={t('exit.ground')} codes={exitGrounds} words="exitGround" />
      <Form.Item name="since" label={t('exit.since')} rules={required}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="source" label={t('exit.source')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      {ground === 'merger' && (
        <Form.Item name="successorName" label={t('exit.successor')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
      )}
      <Form.Item name="grounds" label={t('suggestion.grounds')} rules={required}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
      </Form.Item>
      <EvidenceFiles needed={t('exit.proofNeeded')} hint={t('exit.proofHint')} />
    </>
  );
}
