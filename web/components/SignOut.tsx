import { LogoutOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useNavigate } from 'react-router';
import { useAct } from '../api/act.ts';
import { meKey, useMe } from '../api/me.ts';
import { emptyVault, hasKept } from '../draftVault.ts';
import { useWords } from '../words.ts';

/** Ends the session at once and forgets everything that was read in it, and what this device kept of unsaved drafts. */
export function SignOut() {
  const { t } = useWords();
  const { modal } = App.useApp();
  const me = useMe().data;
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  const leave = () =>
    act.mutate(
      { method: 'DELETE', path: '/sessions/current' },
      {
        onSettled: async () => {
          await emptyVault().catch(() => null);
          client.clear();
          client.setQueryData(meKey, null);
          navigate('/sign-in', { replace: true });
        },
      },
    );
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
      loading={act.isPending}
      onClick={() => void ask()}
    />
  );
}
