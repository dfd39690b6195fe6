import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ClientView } from '../../../api/contract/clients.ts';
import { useOne } from '../../api/list.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Loaded } from '../Loaded.tsx';
import { Sheet } from '../Sheet.tsx';
import { BreachDialog, type Leaving, MemberDialog, RemovalDialog } from './GroupDialogs.tsx';
import type { SectionProps } from './sections.ts';

type Asking = 'add' | 'breach' | Leaving | null;

/** The group: which companies a holding covers, who came and left; and reports that another unit develops it (7.3). */
export default function GroupSection({ account }: SectionProps) {
  const { t, named, word } = useWords();
  const client = useOne<ClientView>(['client', account.client.id], `/clients/${account.client.id}`);
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const { mayStart } = account;
  const cases = account.cases.filter(({ process }) => process === 'membership' || process === 'breach');
  return (
    <>
      <section className="panel stack" aria-label={t('group.members')}>
        <div className="row">
          <h2>{t('group.members')}</h2>
          <ArticleTag article="7.3" />
          {mayStart.membership && (
            <Button style={{ marginLeft: 'auto' }} onClick={() => setAsking('add')}>
              {t('group.add')}
            </Button>
          )}
        </div>
        <p className="soft">{t('group.about')}</p>
        <Loaded query={client}>
          {({ entities }) => (
            <Sheet
              caption={t('group.members')}
              rows={entities}
              rowKey={(row) => row.id}
              columns={[
                { title: t('f.client.name'), cell: (row) => row.name },
                { title: t('f.client.uscc'), cell: (row) => row.code ?? t('clients.noCode') },
                { title: t('f.client.members.relation'), cell: (row) => row.relation ?? t('clients.main') },
                { title: t('word.from'), cell: (row) => row.validFrom },
                { title: t('word.to'), cell: (row) => row.validTo ?? t('word.open') },
                ...(mayStart.membership
                  ? [
                      {
                        title: t('word.do'),
                        cell: (row: ClientView['entities'][number]) =>
                          row.validTo === null && row.relation !== null ? (
                            <Button size="small" onClick={() => setAsking({ entityId: row.id, name: row.name })}>
                              {t('group.remove')}
                            </Button>
                          ) : null,
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Loaded>
      </section>
      <section className="panel stack" aria-label={t('group.cases')}>
        <div className="row">
          <h2>{t('group.cases')}</h2>
          {mayStart.breach && (
            <Button style={{ marginLeft: 'auto' }} onClick={() => setAsking('breach')}>
              {t('group.report')}
            </Button>
          )}
        </div>
        {cases.length === 0 ? (
          <p className="soft">{t('group.noCases')}</p>
        ) : (
          <Sheet
            caption={t('group.cases')}
            rows={cases}
            rowKey={(row) => row.id}
            columns={[
              { title: t('word.case'), cell: (row) => <Link to={`/cases/${row.id}`}>{row.number}</Link> },
              { title: t('word.kind'), cell: (row) => named('process', row.process) },
              { title: t('word.status'), cell: (row) => word(row.stateKey) },
              { title: t('word.from'), cell: (row) => dayText(row.openedAt) },
            ]}
          />
        )}
      </section>
      {asking === 'add' && <MemberDialog accountId={account.id} onClose={close} />}
      {asking === 'breach' && <BreachDialog account={account} onClose={close} />}
      {asking !== null && typeof asking === 'object' && (
        <RemovalDialog accountId={account.id} leaving={asking} onClose={close} />
      )}
    </>
  );
}
