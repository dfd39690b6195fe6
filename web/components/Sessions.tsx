import { Button } from 'antd';
import type { SessionView } from '../../api/contract/signIn.ts';
import { useAct } from '../api/act.ts';
import { type Page, useOne } from '../api/list.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { Sheet } from './Sheet.tsx';

/** My open sessions; each can be ended at once. */
export function Sessions() {
  const { t } = useWords();
  const sessions = useOne<Page<SessionView>>(['sessions'], '/sessions');
  const act = useAct([['sessions']]);
  return (
    <section className="panel stack" aria-labelledby="sessions">
      <h2 id="sessions">{t('mine.sessions')}</h2>
      <ProblemNotice error={act.error} />
      <Loaded query={sessions}>
        {({ items }) => (
          <Sheet
            caption={t('mine.sessions')}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
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
