import { Form, Input } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { severities, suggestionKinds } from '../../../domain/suggestion.ts';
import { useWords } from '../../words.ts';
import { ChoiceItem } from '../ChoiceItem.tsx';
import { EvidenceFiles } from '../EvidenceFiles.tsx';
import { useRequired } from '../FormDialog.tsx';
import { StartCase } from './StartCase.tsx';

type Props = { readonly account: AccountView; readonly onClose: () => void };

/** A warning or a proposal, raised within a minute on a phone, with photos where there are some. */
export function RaiseSuggestion({ account, onClose }: Props) {
  const { t } = useWords();
  return (
    <StartCase
      path={`/accounts/${account.id}/suggestions`}
      title={t('suggestion.raise')}
      submit={t('suggestion.submit')}
      initialValues={{ kind: 'riskWarning' }}
      onClose={onClose}
    >
      <Inputs />
    </StartCase>
  );
}

function Inputs() {
  const { t } = useWords();
  const required = useRequired();
  const kind = Form.useWatch('kind', Form.useFormInstance());
  return (
    <>
      <ChoiceItem name="kind" label={t('suggestion.kind')} codes={suggestionKinds} words="suggestionKind" />
      {(kind ?? 'riskWarning') === 'riskWarning' && (
        <ChoiceItem name="severity" label={t('suggestion.severity')} codes={severities} words="severity" />
      )}
      <Form.Item name="grounds" label={t('suggestion.grounds')} rules={required}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="measures" label={t('suggestion.proposed')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
      <EvidenceFiles hint={t('suggestion.evidenceHint')} />
    </>
  );
}
