import { LogoutOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import type { SignedOut } from '../../api/contract/signIn.ts';
import { useAct } from '../api/act.ts';
import { leaveConsole } from '../api/leave.ts';
import { useMe } from '../api/me.ts';
import type { Problem } from '../api/problem.ts';
import { hasKept } from '../draftVault.ts';
import { useWords } from '../words.ts';

/**
 * Ends the session at once and forgets everything that was read in it, and what this device kept of unsaved drafts. Where it did not
 * end, nothing is forgotten and its person is told: he is still signed in.
 */
export function SignOut() {
  const { t } = useWords();
  const { modal } = App.useApp();
  const me = useMe().data;
  const [leaving, setLeaving] = useState(false);
  const act = useAct<SignedOut>();
  const gone = (provider: SignedOut['provider']) => {
    setLeaving(true);
    void leaveConsole(provider);
  };
  const failed = (problem: Problem) =>
    modal.confirm({
      title: t('signOut.failed'),
      content: (
        <div className="stack" role="alert">
          <p>{problem.detail || problem.title}</p>
          <p className="soft">{t('signOut.failedAbout')}</p>
        </div>
      ),
      okText: t('signOut.again'),
      cancelText: t('do.cancel'),
      onOk: leave,
    });
  function leave(): void {
    act.mutate(
      { method: 'DELETE', path: '/sessions/current' },
      {
        onSuccess: ({ value }) => gone(value.provider),
        // Ended meanwhile, from another device or by its time: that is what was wanted.
        onError: (problem) => void (problem.status === 401 ? gone(null) : failed(problem)),
      },
    );
  }
  const ask = async () => {
    if (!(await hasKept(me?.person.id ?? '').catch(() => false))) return leave();
    modal.confirm({
      title: t('signOut.unsaved'),
      content: t('signOut.unsavedAbout'),
      okText: t('do.signOut'),
      cancelText: t('do.cancel'),
      onOk: leave,
    });
  };
  return (
    <Button
      type="text"
      icon={<LogoutOutlined />}
      aria-label={t('do.signOut')}
      loading={act.isPending || leaving}
      onClick={() => void ask()}
    />
  );
}
