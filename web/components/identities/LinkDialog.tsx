import { Form, Modal } from 'antd';
import type { StrangerView } from '../../../api/contract/identities.ts';
import type { Problem } from '../../api/problem.ts';
import { useWords } from '../../words.ts';
import { PersonSelect } from '../PersonSelect.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = {
  readonly stranger: StrangerView;
  readonly pending: boolean;
  readonly error: Problem | null;
  readonly onLink: (personId: string) => void;
  readonly onClose: () => void;
};

/** Which person an account is: said expressly, since from then on it opens his sessions. */
export function LinkDialog({ stranger, pending, error, onLink, onClose }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm<{ personId: string }>();
  return (
    <Modal
      open
      title={t('identity.whoIs', { name: stranger.name ?? stranger.login ?? stranger.subject })}
      okText={t('identity.link')}
      cancelText={t('do.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="soft">{t('identity.linkMeans')}</p>
      <Form form={form} name="link" layout="vertical" onFinish={({ personId }) => onLink(personId)}>
        <Form.Item
          name="personId"
          label={t('identity.person')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <PersonSelect />
        </Form.Item>
      </Form>
      <ProblemNotice error={error} />
    </Modal>
  );
}
