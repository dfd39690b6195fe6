import { Button } from 'antd';
import type { SessionView } from '../../api/contract/signIn.ts';
import { useAct } from '../api/act.ts';
import { type Page, useOne } from '../api/list.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { Sheet } from './Sheet.tsx';

/** My open sessions, told apart by their devices; each can be ended at once, or all but this one. */
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
        {(sessions.data?.items.length ?? 0) > 1 && (
          <Button size="small" danger onClick={() => act.mutate({ method: 'DELETE', path: '/sessions/others' })}>
            {t('mine.endOthers')}
          </Button>
        )}
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
