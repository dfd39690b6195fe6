import { Button, Form, Input } from 'antd';
import { Link } from 'react-router';
import type { AskedView } from '../../../api/contract/exclusivity.ts';
import { checkUscc } from '../../../domain/uscc.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { CheckAnswer } from './CheckAnswer.tsx';
import { ReceiptLine } from './Receipts.tsx';

type Values = { readonly name?: string; readonly code?: string };

/** Asks whether a client may be developed; the answer comes with a numbered receipt. */
export function CheckForm() {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const act = useAct<AskedView>([['exclusivity']]);
  const asked = act.data?.value;
  const ask = ({ name, code }: Values) => {
    const body = { ...(name?.trim() ? { name: name.trim() } : {}), ...(code?.trim() ? { code: code.trim() } : {}) };
    act.mutate({ method: 'POST', path: '/exclusivity-checks', body });
  };
  return (
    <>
      <section className="panel stack" aria-label={t('exclusivity.check')}>
        <p className="row">
          <span>{t('exclusivity.about')}</span>
          <ArticleTag article="7.3" />
        </p>
        <Form<Values> form={form} name="exclusivity" layout="vertical" className="check-form" onFinish={ask}>
          <Form.Item
            name="name"
            label={t('exclusivity.name')}
            extra={t('exclusivity.nameAbout')}
            rules={[
              { min: 2, message: t('exclusivity.nameShort') },
              ({ getFieldValue }) => ({
                validator: (_, name?: string) =>
                  name?.trim() || String(getFieldValue('code') ?? '').trim()
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('exclusivity.nothing'))),
              }),
            ]}
          >
            <Input size="large" allowClear autoComplete="off" enterKeyHint="search" />
          </Form.Item>
          <Form.Item
            name="code"
            label={t('f.client.uscc')}
            rules={[
              {
                validator: (_, code?: string) =>
                  !code?.trim() || checkUscc(code).ok
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('exclusivity.badCode'))),
              },
            ]}
          >
            <Input size="large" allowClear autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Button type="primary" size="large" htmlType="submit" loading={act.isPending}>
            {t('exclusivity.ask')}
          </Button>
        </Form>
        <ProblemNotice error={act.error} />
      </section>
      {asked && (
        <section className="panel stack" aria-label={t('exclusivity.answer')}>
          <CheckAnswer answer={asked.answer} />
          <ReceiptLine receipt={asked.receipt} />
          <p className="row small soft">
            {asked.answer.result === 'near' && <span>{t('exclusivity.toPerson')}</span>}
            <span>{t('exclusivity.left', { count: asked.answer.left })}</span>
            {asked.answer.result === 'free' && <Link to="/recommendations/new">{t('nav.recommend')}</Link>}
          </p>
        </section>
      )}
    </>
  );
}
