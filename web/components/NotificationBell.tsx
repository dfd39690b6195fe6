import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../words.ts';

const NotificationList = lazy(() => import('./NotificationList.tsx'));

/** How many notifications are unread, and the list of them. */
export function NotificationBell({ unread }: { readonly unread: number }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        type="text"
        className="bell"
        aria-haspopup="dialog"
        aria-label={t('note.bell', { count: unread })}
        icon={<BellOutlined />}
        onClick={() => setOpen(true)}
      >
        {unread > 0 && (
          <span className="badge" aria-hidden>
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </Button>
      <Suspense fallback={null}>{open && <NotificationList onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
