import { Alert, Button, Checkbox, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { TokenView } from '../../api/contract/signIn.ts';
import { useAct } from '../api/act.ts';
import { type Page, useOne } from '../api/list.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { Sheet } from './Sheet.tsx';

const scopes = ['read', 'decide', 'admin'] as const;

/** My access tokens: made here, shown once, revoked at once. */
export function Tokens() {
  const { t, named } = useWords();
  const [form] = Form.useForm();
  const [shown, setShown] = useState<string | null>(null);
  const tokens = useOne<Page<TokenView>>(['tokens'], '/tokens');
  const make = useAct<{ readonly token: string }>([['tokens']]);
  const revoke = useAct([['tokens']]);
  return (
    <section className="panel stack" aria-labelledby="tokens">
      <h2 id="tokens">{t('mine.tokens')}</h2>
      <p className="small soft">{t('mine.tokensAbout')}</p>
      <ProblemNotice error={make.error ?? revoke.error} />
      {shown && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('mine.tokenOnce')}
          description={
            <span className="stack">
              <code className="break">{shown}</code>
              <span>
                <Button size="small" onClick={() => setShown(null)}>
                  {t('mine.tokenKept')}
                </Button>
              </span>
            </span>
          }
        />
      )}
      <Form
        form={form}
        name="token"
        layout="vertical"
        className="grid"
        initialValues={{ scopes: ['read'], days: 30 }}
        onFinish={(body) =>
          make.mutate(
            { method: 'POST', path: '/tokens', body },
            {
              onSuccess: ({ value }) => {
                setShown(value.token);
                form.resetFields();
              },
            },
          )
        }
      >
        <Form.Item name="name" label={t('mine.tokenName')} rules={[{ required: true, message: t('form.required') }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t('mine.scopes')}
          extra={t('mine.scopesHint')}
          rules={[{ type: 'array', min: 1, message: t('form.required') }]}
        >
          <Checkbox.Group options={scopes.map((each) => ({ value: each, label: named('scope', each) }))} />
        </Form.Item>
        <Form.Item name="days" label={t('mine.days')} rules={[{ required: true, message: t('form.required') }]}>
          <InputNumber min={1} max={366} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item label=" " colon={false}>
          <Button htmlType="submit" loading={make.isPending}>
            {t('mine.makeToken')}
          </Button>
        </Form.Item>
      </Form>
      <Loaded query={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('mine.noTokens')}</p>
          ) : (
            <Sheet
              caption={t('mine.tokens')}
              rows={items}
              rowKey={(row) => row.id}
              columns={[
                { title: t('mine.tokenName'), cell: (row) => row.name },
                {
                  title: t('mine.scopes'),
                  cell: (row) => row.scopes.map((each) => named('scope', each)).join(t('list.comma')),
                },
                { title: t('mine.lastUsed'), cell: (row) => momentText(row.lastUsedAt) },
                { title: t('mine.expires'), cell: (row) => momentText(row.expiresAt) },
                {
                  title: t('word.do'),
                  cell: (row) => (
                    <Button
                      size="small"
                      danger
                      onClick={() => revoke.mutate({ method: 'DELETE', path: `/tokens/${row.id}` })}
                    >
                      {t('mine.revoke')}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}
