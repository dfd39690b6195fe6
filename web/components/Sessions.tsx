import { Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import type { SessionView, SignedOut } from '../../api/contract/signIn.ts';
import { useAct } from '../api/act.ts';
import { leaveConsole } from '../api/leave.ts';
import { type Page, useOne } from '../api/list.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { Sheet } from './Sheet.tsx';

/** Ends all other sessions at once; this one too, if he says so. */
function SignOutEverywhere({ others }: { readonly others: number }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [here, setHere] = useState(false);
  const act = useAct<SignedOut>([['sessions']]);
  const end = () =>
    act.mutate(
      { method: 'DELETE', path: here ? '/sessions' : '/sessions/others' },
      { onSuccess: ({ value }) => (here ? void leaveConsole(value.provider) : setOpen(false)) },
    );
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('mine.everywhere')}
      </Button>
      <Modal
        open={open}
        title={t('mine.everywhere')}
        okText={t('mine.everywhereDo')}
        cancelText={t('do.cancel')}
        okButtonProps={{ danger: true, loading: act.isPending, disabled: others === 0 && !here }}
        onOk={end}
        onCancel={() => setOpen(false)}
      >
        <div className="stack">
          <p>{others === 0 ? t('mine.everywhereNone') : t('mine.everywhereAbout', { count: others })}</p>
          <Checkbox checked={here} onChange={({ target }) => setHere(target.checked)}>
            {t('mine.everywhereHere')}
          </Checkbox>
          <p className="small soft">{t('mine.everywhereTokens')}</p>
          <ProblemNotice error={act.error} />
        </div>
      </Modal>
    </>
  );
}

/** My open sessions, told apart by their devices; each can be ended at once, or all of them. */
export function Sessions() {
  const { t, named } = useWords();
  const sessions = useOne<Page<SessionView>>(['sessions'], '/sessions');
  const act = useAct([['sessions']]);
  const device = (row: SessionView) => {
    const [browser = '', system = ''] = row.device.split('/');
    return t('mine.deviceOf', { browser: named('browser', browser), system: named('system', system) });
  };
  return (
    <section className="panel stack" aria-labelledby="sessions">
      <div className="row">
        <h2 id="sessions">{t('mine.sessions')}</h2>
        <span className="spacer" />
        {sessions.data && <SignOutEverywhere others={sessions.data.items.filter(({ current }) => !current).length} />}
      </div>
      <p className="small soft">{t('mine.sessionsAbout')}</p>
      <ProblemNotice error={act.error} />
      <Loaded query={sessions}>
        {({ items }) => (
          <Sheet
            caption={t('mine.sessions')}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              { title: t('mine.device'), cell: device },
              { title: t('mine.method'), cell: (row) => named('method', row.method) },
              { title: t('mine.since'), cell: (row) => momentText(row.createdAt) },
              { title: t('mine.lastSeen'), cell: (row) => momentText(row.lastSeenAt) },
              { title: t('mine.expires'), cell: (row) => momentText(row.expiresAt) },
              {
                title: t('word.do'),
                cell: (row) =>
                  row.current ? (
                    <span className="chip brand">{t('mine.thisOne')}</span>
                  ) : (
                    <Button size="small" onClick={() => act.mutate({ method: 'DELETE', path: `/sessions/${row.id}` })}>
                      {t('mine.end')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
