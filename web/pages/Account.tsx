import { Link, useParams } from 'react-router';
import type { AccountView } from '../../api/contract/accounts.ts';
import { useOne } from '../api/list.ts';
import { Absent } from '../components/Absent.tsx';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Facts } from '../components/Facts.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Periods } from '../components/Periods.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { dayText } from '../format.ts';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** One key account: what it is, who holds and held it, which legal entities it covers, and the cases of its client. */
export default function Account() {
  const { t, named, word, called } = useWords();
  const { id = '' } = useParams();
  const account = useOne<AccountView>(['account', id], `/accounts/${id}`);
  return (
    <Loaded query={account}>
      {(value) => (
        <>
          <PageHead title={value.client.name}>
            <span className="chip green">{named('acc', value.state)}</span>
          </PageHead>
          <section className="panel">
            <Facts
              rows={[
                { label: t('account.archiveNo'), value: value.archiveNo },
                { label: t('word.grade'), value: named('grade', value.grade) },
                { label: t('acc.managedBy'), value: named('grade', value.managedBy) },
                { label: t('unit.recommending'), value: value.unit && called(value.unit) },
                {
                  label: t('role.accountManager'),
                  value: value.manager && (
                    <span className="row">
                      <Link to={`/people/${value.manager.id}`}>{called(value.manager)}</Link>
                      <Absent personId={value.manager.id} />
                    </span>
                  ),
                },
                { label: t('account.establishedOn'), value: value.establishedOn },
                { label: t('account.terminatedOn'), value: value.terminatedOn },
                { label: t('account.onList'), value: t(value.onList ? 'word.yes' : 'word.no') },
                {
                  label: t('account.decision'),
                  value: <Link to={`/cases/${value.decisionCaseId}`}>{t('account.openDecision')}</Link>,
                },
                {
                  label: t('account.client'),
                  value: <Link to={`/clients/${value.client.id}`}>{t('account.openClient')}</Link>,
                },
              ]}
            />
          </section>
          <section className="panel stack" aria-label={t('account.holdings')}>
            <h2>
              {t('account.holdings')} <ArticleTag article="7.3" />
            </h2>
            <Periods
              label={t('account.holdings')}
              periods={value.holdings.map((holding) => ({
                key: holding.id,
                name: `${called(holding.unit)} · ${called(holding.manager)}`,
                from: holding.validFrom,
                to: holding.validTo,
                strong: holding.validTo === null,
                note: (
                  <>
                    <span className="chip">{named('holding', holding.kind)}</span>
                    <Link className="small" to={`/cases/${holding.decisionCaseId}`}>
                      {t('account.decision')}
                    </Link>
                  </>
                ),
              }))}
            />
          </section>
          <section className="panel" aria-label={t('account.entities')}>
            <h2>{t('account.entities')}</h2>
            <Sheet
              caption={t('account.entities')}
              rows={value.entities}
              rowKey={(row) => row.code ?? row.name}
              columns={[
                { title: t('f.client.name'), cell: (row) => row.name },
                { title: t('f.client.uscc'), cell: (row) => row.code ?? '—' },
                { title: t('f.client.members.relation'), cell: (row) => row.relation ?? t('clients.main') },
              ]}
            />
          </section>
          {value.cases.length > 0 && (
            <section className="panel" aria-label={t('account.cases')}>
              <h2>{t('account.cases')}</h2>
              <Sheet
                caption={t('account.cases')}
                rows={value.cases}
                rowKey={(row) => row.id}
                columns={[
                  { title: t('word.case'), cell: (row) => <Link to={`/cases/${row.id}`}>{row.number}</Link> },
                  { title: t('word.kind'), cell: (row) => named('process', row.process) },
                  { title: t('word.status'), cell: (row) => word(row.stateKey) },
                  { title: t('word.from'), cell: (row) => dayText(row.openedAt) },
                ]}
              />
            </section>
          )}
        </>
      )}
    </Loaded>
  );
}
