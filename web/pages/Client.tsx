import { Link, useParams } from 'react-router';
import type { ClientView } from '../../api/contract/clients.ts';
import { useOne } from '../api/list.ts';
import { ClientArchive } from '../components/ClientArchive.tsx';
import { Facts } from '../components/Facts.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Sheet } from '../components/Sheet.tsx';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** One client: the legal entities of its group, what became of it, and its archive for whoever works with it. */
export default function Client() {
  const { t, named } = useWords();
  const { id = '' } = useParams();
  const client = useOne<ClientView>(['client', id], `/clients/${id}`);
  return (
    <Loaded query={client}>
      {(value) => (
        <>
          <PageHead title={value.name} />
          <section className="panel">
            <Facts
              rows={[
                { label: t('clients.groupSize'), value: t('clients.entities', { count: value.entities.length }) },
                {
                  label: t('nav.accounts'),
                  value: value.accountId && <Link to={`/accounts/${value.accountId}`}>{t('clients.openAccount')}</Link>,
                },
                {
                  label: t('nav.cases'),
                  value: value.caseIds.length > 0 && (
                    <span className="row">
                      {value.caseIds.map((caseId, index) => (
                        <Link key={caseId} to={`/cases/${caseId}`}>
                          {t('clients.caseNo', { no: index + 1 })}
                        </Link>
                      ))}
                    </span>
                  ),
                },
              ]}
            />
          </section>
          <section className="panel" aria-label={t('account.entities')}>
            <h2>{t('account.entities')}</h2>
            <Sheet
              caption={t('account.entities')}
              rows={value.entities}
              rowKey={(row) => row.id}
              columns={[
                { title: t('f.client.name'), cell: (row) => row.name },
                { title: t('f.client.uscc'), cell: (row) => row.code ?? named('codeType', row.codeType) },
                { title: t('f.client.members.relation'), cell: (row) => row.relation ?? t('clients.main') },
                {
                  title: t('clients.otherNames'),
                  cell: (row) => [...row.formerNames, ...row.shortNames].join(t('list.comma')) || '—',
                },
                { title: t('word.from'), cell: (row) => row.validFrom },
                { title: t('word.to'), cell: (row) => row.validTo ?? t('word.open') },
              ]}
            />
          </section>
          <ClientArchive clientId={id} mayRead={value.mayReadArchive} />
        </>
      )}
    </Loaded>
  );
}
