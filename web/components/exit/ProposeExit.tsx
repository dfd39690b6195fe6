import { Form, Input, Modal } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { exitGrounds } from '../../../domain/exit.ts';
import { useAct } from '../../api/act.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { Choices } from '../Choices.tsx';
import { bodyOf } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = { readonly account: AccountView; readonly onClose: () => void };

/** Puts forward a mid-year exit; then on to its case, where the proof is attached. */
export function ProposeExit({ account, onClose }: Props) {
  const { t, named } = useWords();
  const [form] = Form.useForm();
  const ground = Form.useWatch('ground', form);
  const onward = useOnward();
  const act = useAct<{ caseId: string }>([['account', account.id]]);
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('exit.propose')}
      okText={t('suggestion.submit')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="exit"
        layout="vertical"
        preserve={false}
        onFinish={(values) =>
          act.mutate(
            { method: 'POST', path: `/accounts/${account.id}/exits`, body: bodyOf(values) },
            { onSuccess: ({ value }) => onward(`/cases/${value.caseId}`) },
          )
        }
      >
        <Form.Item name="ground" label={t('exit.ground')} rules={required}>
          <Choices label={t('exit.ground')} options={exitGrounds.map((each) => [each, named('exitGround', each)])} />
        </Form.Item>
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
        <p className="small soft">{t('exit.proofAfter')}</p>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
