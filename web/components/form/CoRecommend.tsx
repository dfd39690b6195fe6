import { Alert, Button, Form, Input } from 'antd';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

/** Asks to join the recommendation in progress on this draft's client (Article 7.4). */
export function CoRecommend({ caseId }: { readonly caseId: string }) {
  const { t } = useWords();
  const act = useAct();
  if (act.isSuccess) return <Alert type="success" showIcon role="status" title={t('form.coAsked')} />;
  return (
    <Form<{ reason: string }>
      name="co"
      layout="vertical"
      onFinish={({ reason }) =>
        act.mutate({ method: 'POST', path: '/co-recommendations', body: { caseId, reason: reason.trim() } })
      }
    >
      <Form.Item
        name="reason"
        label={t('form.coReason')}
        rules={[{ required: true, whitespace: true, message: t('form.required') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} />
      </Form.Item>
      <ProblemNotice error={act.error} />
      <Button htmlType="submit" loading={act.isPending}>
        {t('form.coAsk')}
      </Button>
    </Form>
  );
}
