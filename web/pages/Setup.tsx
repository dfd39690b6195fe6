import { Button, Form, Input, Result } from 'antd';
import { useNavigate } from 'react-router';
import { PASSWORD_LEAST } from '../../domain/password.ts';
import { useAct } from '../api/act.ts';
import { useOne } from '../api/list.ts';
import { Controls } from '../components/Controls.tsx';
import { NoPage } from '../components/NoPage.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { useWords } from '../words.ts';
import '../styles/signIn.css';

/** The first start: two administrators are made by the code the terminal shows. Afterwards there is no such page. */
export default function Setup() {
  const { t } = useWords();
  const navigate = useNavigate();
  const open = useOne<{ readonly open: true }>(['signIn', 'setup'], '/setup');
  const act = useAct();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <main className="signin">
      <div className="signin-head">
        <span className="spacer" />
        <Controls />
      </div>
      {open.isError && (
        <div className="signin-ways">
          <NoPage />
        </div>
      )}
      {open.data && act.isSuccess && (
        <Result
          status="success"
          title={t('setup.done')}
          subTitle={t('setup.doneNext')}
          extra={
            <Button type="primary" onClick={() => navigate('/sign-in')}>
              {t('signIn.do')}
            </Button>
          }
        />
      )}
      {open.data && !act.isSuccess && (
        <Form
          name="setup"
          layout="vertical"
          requiredMark={false}
          className="signin-ways setup"
          onFinish={(body) => act.mutate({ method: 'POST', path: '/setup', body })}
        >
          <header className="signin-brand">
            <img src="/mark.svg" alt="" width={52} height={52} />
            <h1>{t('setup.title')}</h1>
            <p className="soft">{t('setup.about')}</p>
          </header>
          <section className="panel">
            <Form.Item name="code" label={t('setup.code')} extra={t('setup.codeHint')} rules={required}>
              <Input
                autoFocus
                size="large"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={60}
              />
            </Form.Item>
            <div className="grid">
              <Form.Item name={['company', 'name']} label={t('setup.company')} rules={required}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item name={['company', 'nameEn']} label={t('setup.companyEn')} rules={required}>
                <Input maxLength={200} />
              </Form.Item>
            </div>
          </section>
          {(['systemAdmin', 'securityAdmin'] as const).map((role) => (
            <section key={role} className="panel" aria-labelledby={role}>
              <h2 id={role}>{t(`role.${role}`)}</h2>
              <div className="grid">
                <Form.Item name={[role, 'name']} label={t('setup.name')} rules={required}>
                  <Input maxLength={200} />
                </Form.Item>
                <Form.Item name={[role, 'nameEn']} label={t('setup.nameEn')} rules={required}>
                  <Input maxLength={200} />
                </Form.Item>
                <Form.Item name={[role, 'login']} label={t('signIn.login')} rules={required}>
                  <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={63} />
                </Form.Item>
                <Form.Item
                  name={[role, 'password']}
                  label={t('signIn.password')}
                  extra={t('password.hint', { least: PASSWORD_LEAST })}
                  rules={required}
                >
                  <Input.Password autoComplete="new-password" maxLength={200} />
                </Form.Item>
              </div>
            </section>
          ))}
          <ProblemNotice error={act.error} />
          <Button block type="primary" size="large" htmlType="submit" loading={act.isPending}>
            {t('setup.do')}
          </Button>
        </Form>
      )}
    </main>
  );
}
