import { LogoutOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useAct } from '../api/act.ts';
import { meKey } from '../api/me.ts';
import { useWords } from '../words.ts';

/** Ends the session at once and forgets everything that was read in it. */
export function SignOut() {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  return (
    <Button
      type="text"
      icon={<LogoutOutlined />}
      aria-label={t('do.signOut')}
      loading={act.isPending}
      onClick={() =>
        act.mutate(
          { method: 'DELETE', path: '/sessions/current' },
          {
            onSettled: () => {
              client.clear();
              client.setQueryData(meKey, null);
              navigate('/sign-in', { replace: true });
            },
          },
        )
      }
    />
  );
}
