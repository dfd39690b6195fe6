import { Alert, Button, Form, Input, Popconfirm, QRCode } from 'antd';
import { useState } from 'react';
import type { OwnAccount } from '../../api/contract/localAccounts.ts';
import { useAct } from '../api/act.ts';
import { useOne } from '../api/list.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { Facts } from './Facts.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { CodeInput } from './signIn/CodeInput.tsx';
import { NewPasswordInputs } from './signIn/NewPasswordInputs.tsx';

const account = ['me', 'localAccount'] as const;

/** How I sign in: my password, my second factor. Nothing for who has no local account. */
export function Credentials() {
  const { t } = useWords();
  const own = useOne<{ readonly account: OwnAccount | null }>(account, '/me/local-account').data?.account;
  if (!own) return null;
  return (
    <section className="panel stack" aria-labelledby="credentials">
      <h2 id="credentials">{t('mine.credentials')}</h2>
      <Facts
        rows={[
          { label: t('signIn.login'), value: own.login },
          { label: t('password.since'), value: momentText(own.changedAt) },
          {
            label: t('factor.name'),
            value: own.secondFactorSince ? t('factor.inUse', { left: own.recoveryCodesLeft }) : t('factor.none'),
          },
        ]}
      />
      <ChangePassword />
      <SecondFactor inUse={own.secondFactorSince !== null} />
    </section>
  );
}

function ChangePassword() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const [form] = Form.useForm();
  const act = useAct([account]);
  if (!open)
    return (
      <div className="row">
        <Button onClick={() => setOpen(true)}>{t('password.change')}</Button>
        {done && <span role="status">{t('password.changed')}</span>}
      </div>
    );
  return (
    <Form
      form={form}
      name="password"
      layout="vertical"
      requiredMark={false}
      style={{ maxWidth: 420 }}
      onFinish={({ current, password }) =>
        act.mutate(
          { method: 'PUT', path: '/me/password', body: { current, password } },
          {
            onSuccess: () => {
              setOpen(false);
              setDone(true);
            },
          },
        )
      }
    >
      <ProblemNotice error={act.error} />
      <Form.Item name="current" label={t('password.current')} rules={[{ required: true, message: t('form.required') }]}>
        <Input.Password autoFocus size="large" autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <NewPasswordInputs />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t('password.change')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('do.cancel')}</Button>
      </div>
    </Form>
  );
}

function SecondFactor({ inUse }: { readonly inUse: boolean }) {
  const { t } = useWords();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const begin = useAct<{ readonly secret: string; readonly uri: string }>();
  const told = useAct<{ readonly recoveryCodes: readonly string[] }>([account]);
  const remove = useAct([account]);
  const begun = begin.data?.value;
  const show = (path: string, body?: object) =>
    told.mutate(
      { method: 'POST', path, ...(body ? { body } : {}) },
      {
        onSuccess: ({ value }) => {
          setCodes(value.recoveryCodes);
          begin.reset();
        },
      },
    );
  return (
    <div className="stack">
      <ProblemNotice error={begin.error ?? told.error ?? remove.error} />
      {codes && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('factor.codesOnce')}
          description={<code className="break">{codes.join('\n')}</code>}
        />
      )}
      {inUse && (
        <div className="row">
          <Button loading={told.isPending} onClick={() => show('/me/recovery-codes')}>
            {t('factor.newCodes')}
          </Button>
          <Popconfirm
            title={t('factor.removeSure')}
            okText={t('do.confirm')}
            cancelText={t('do.cancel')}
            onConfirm={() => remove.mutate({ method: 'DELETE', path: '/me/second-factor' })}
          >
            <Button danger loading={remove.isPending}>
              {t('factor.remove')}
            </Button>
          </Popconfirm>
        </div>
      )}
      {!inUse && !begun && (
        <div className="row">
          <Button loading={begin.isPending} onClick={() => begin.mutate({ method: 'POST', path: '/me/second-factor' })}>
            {t('factor.add')}
          </Button>
          <span className="soft small">{t('factor.about')}</span>
        </div>
      )}
      {begun && (
        <Form
          name="factor"
          layout="vertical"
          requiredMark={false}
          style={{ maxWidth: 420 }}
          onFinish={(body) => show('/me/second-factor/confirm', body)}
        >
          <p>{t('factor.scan')}</p>
          <QRCode aria-label={t('factor.picture')} value={begun.uri} size={180} color="#000000" bgColor="#ffffff" />
          <p className="soft small break">
            {t('factor.byHand')} <code>{begun.secret}</code>
          </p>
          <CodeInput first />
          <Button type="primary" htmlType="submit" loading={told.isPending}>
            {t('factor.confirm')}
          </Button>
        </Form>
      )}
    </div>
  );
}
