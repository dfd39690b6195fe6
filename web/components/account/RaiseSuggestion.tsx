import { Form, Input, Modal } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { severities, suggestionKinds } from '../../../domain/suggestion.ts';
import { useAct } from '../../api/act.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { Choices } from '../Choices.tsx';
import { bodyOf } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = { readonly account: AccountView; readonly onClose: () => void };

/** A warning or a proposal, raised within a minute on a phone; then on to its case, where evidence is attached. */
export function RaiseSuggestion({ account, onClose }: Props) {
  const { t, named } = useWords();
  const [form] = Form.useForm();
  const kind = Form.useWatch('kind', form);
  const onward = useOnward();
  const act = useAct<{ caseId: string }>([['account', account.id]]);
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('suggestion.raise')}
      okText={t('suggestion.submit')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="suggestion"
        layout="vertical"
        initialValues={{ kind: 'riskWarning' }}
        preserve={false}
        onFinish={(values) =>
          act.mutate(
            { method: 'POST', path: `/accounts/${account.id}/suggestions`, body: bodyOf(values) },
            { onSuccess: ({ value }) => onward(`/cases/${value.caseId}`) },
          )
        }
      >
        <Form.Item name="kind" label={t('suggestion.kind')} rules={required}>
          <Choices
            label={t('suggestion.kind')}
            options={suggestionKinds.map((each) => [each, named('suggestionKind', each)])}
          />
        </Form.Item>
        {(kind ?? 'riskWarning') === 'riskWarning' && (
          <Form.Item name="severity" label={t('suggestion.severity')} rules={required}>
            <Choices
              label={t('suggestion.severity')}
              options={severities.map((each) => [each, named('severity', each)])}
            />
          </Form.Item>
        )}
        <Form.Item name="grounds" label={t('suggestion.grounds')} rules={required}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
        </Form.Item>
        <Form.Item name="measures" label={t('suggestion.proposed')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
        </Form.Item>
        <p className="small soft">{t('suggestion.evidenceAfter')}</p>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
