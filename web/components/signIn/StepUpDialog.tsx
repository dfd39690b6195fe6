import { Alert, Button, Form, Input } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import type { StepUpWay } from '../../../api/contract/entering.ts';
import type { SignedOut } from '../../../api/contract/signIn.ts';
import { useAct } from '../../api/act.ts';
import { get } from '../../api/call.ts';
import { leaveConsole } from '../../api/leave.ts';
import { useOne } from '../../api/list.ts';
import { useMe } from '../../api/me.ts';
import { PROVEN } from '../../api/stepUp.ts';
import { useWords } from '../../words.ts';
import { Loaded } from '../Loaded.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { CodeInput } from './CodeInput.tsx';
import '../../styles/stepUp.css';

type Shown = { readonly password?: string; readonly code?: string };

/** Asks a person to prove anew who he is; what he was doing waits behind it, and goes on by itself. */
export default function StepUpDialog({ onDone }: { readonly onDone: (proven: boolean) => void }) {
  const { t } = useWords();
  const way = useOne<StepUpWay>(['stepUp'], '/step-up');
  const shown = useRef<HTMLDialogElement>(null);
  const proven = useCallback(() => onDone(true), [onDone]);
  // The browser's own dialog: the act that waits may have been asked for in one, which nothing else lies above.
  useEffect(() => shown.current?.showModal(), []);
  return (
    <dialog ref={shown} className="step-up" aria-labelledby="step-up" onClose={() => onDone(false)}>
      <div className="stack">
        <div className="row">
          <h2 id="step-up">{t('stepUp.title')}</h2>
          <span className="spacer" />
          <Button type="text" onClick={() => onDone(false)}>
            {t('do.cancel')}
          </Button>
        </div>
        <Loaded query={way}>
          {(found) => (
            <>
              {found.kind !== 'none' && <p className="soft">{t('stepUp.why')}</p>}
              <Proof way={found} onDone={proven} />
            </>
          )}
        </Loaded>
      </div>
    </dialog>
  );
}

function Proof({ way, onDone }: { readonly way: StepUpWay; readonly onDone: () => void }) {
  const { t, called, language } = useWords();
  const me = useMe().data;
  const act = useAct();
  const [form] = Form.useForm<Shown>();
  const prove = (body: object) =>
    act.mutate({ method: 'POST', path: '/step-up', body }, { onSuccess: onDone, onError: () => form.resetFields() });

  useEffect(() => {
    if (way.kind !== 'redirect') return;
    const channel = new BroadcastChannel(PROVEN);
    channel.onmessage = onDone;
    // A phone may have put this window to sleep meanwhile, and it heard nothing.
    const look = async () => {
      if (document.visibilityState !== 'visible') return;
      const now = await get<StepUpWay>('/step-up').catch(() => null);
      if (now?.proven) onDone();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      channel.close();
      document.removeEventListener('visibilitychange', look);
    };
  }, [way.kind, onDone]);

  if (way.kind === 'none') return <Instead way={way} />;

  if (way.kind === 'demo')
    return (
      <>
        <ProblemNotice error={act.error} />
        <Button
          autoFocus
          type="primary"
          size="large"
          block
          loading={act.isPending}
          onClick={() => prove({ personId: me?.person.id })}
        >
          {t('stepUp.demo', { name: called(me?.person) })}
        </Button>
      </>
    );
  if (way.kind === 'redirect')
    return (
      <>
        <Alert type="info" showIcon title={t('stepUp.provider')} />
        <Button
          autoFocus
          type="primary"
          size="large"
          block
          href={`/api/v1/sign-in/${way.method}/begin?purpose=stepUp`}
          target="_blank"
        >
          {t('signIn.with', { name: language === 'en' ? way.labelEn : way.label })}
        </Button>
      </>
    );
  return (
    <Form form={form} name="stepUp" layout="vertical" requiredMark={false} onFinish={prove}>
      <ProblemNotice error={act.error} />
      {/* Password managers fill in a password that stands beside its login. */}
      <input hidden readOnly autoComplete="username" value={way.login} aria-hidden tabIndex={-1} />
      {way.kind === 'code' ? (
        <CodeInput />
      ) : (
        <Form.Item
          name="password"
          label={t('signIn.password')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input.Password autoFocus size="large" autoComplete="current-password" maxLength={200} />
        </Form.Item>
      )}
      <Button block type="primary" size="large" htmlType="submit" loading={act.isPending}>
        {t('stepUp.do')}
      </Button>
    </Form>
  );
}

/** The way he signed in by asks nobody anew: he signs in by another, or is given one. */
function Instead({ way }: { readonly way: StepUpWay }) {
  const { t, called, language } = useWords();
  const act = useAct<SignedOut>();
  const nameOf = (each: { readonly label: string; readonly labelEn: string }) =>
    language === 'en' ? each.labelEn : each.label;
  const comma = t('list.comma');
  const others = way.others.map(nameOf).join(comma);
  const leave = () =>
    act.mutate(
      { method: 'DELETE', path: '/sessions/current' },
      { onSuccess: ({ value }) => void leaveConsole(value.provider) },
    );
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={t('stepUp.cannot', { name: nameOf(way) })}
        description={
          others
            ? t('stepUp.instead', { others })
            : t('stepUp.ask', { helpers: way.helpers.map(called).join(comma) || t('role.securityAdmin') })
        }
      />
      <ProblemNotice error={act.error} />
      {others && (
        <Button autoFocus type="primary" size="large" block loading={act.isPending} onClick={leave}>
          {t('stepUp.leave')}
        </Button>
      )}
    </>
  );
}
