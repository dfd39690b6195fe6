import { Button, Form, Input } from 'antd';
import { useAct } from '../api/act.ts';
import { caseKey, useComments } from '../api/cases.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

/** What people say beside their decisions. */
export function Comments({ caseId }: { readonly caseId: string }) {
  const { t, called } = useWords();
  const [form] = Form.useForm<{ text: string }>();
  const comments = useComments(caseId);
  const act = useAct([caseKey(caseId)]);
  return (
    <section className="panel stack" aria-label={t('case.comments')}>
      <h2>{t('case.comments')}</h2>
      <Loaded query={comments}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('comment.none')}</p>
          ) : (
            <ul className="cards">
              {items.map((comment) => (
                <li key={comment.id}>
                  <div className="small soft">
                    {called(comment.person)} · {momentText(comment.at)}
                  </div>
                  <div className="break">{comment.text}</div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Form
        form={form}
        name="comment"
        layout="vertical"
        className="no-print"
        onFinish={({ text }) =>
          act.mutate(
            { method: 'POST', path: `/cases/${caseId}/comments`, body: { text: text.trim() } },
            { onSuccess: () => form.resetFields() },
          )
        }
      >
        <Form.Item
          name="text"
          label={t('comment.text')}
          rules={[{ required: true, whitespace: true, message: t('form.required') }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
        </Form.Item>
        <ProblemNotice error={act.error} />
        <Button htmlType="submit" loading={act.isPending}>
          {t('comment.add')}
        </Button>
      </Form>
    </section>
  );
}
