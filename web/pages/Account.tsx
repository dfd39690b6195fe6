import { Link, useParams } from 'react-router';
import type { AccountView } from '../../api/contract/accounts.ts';
import { useOne } from '../api/list.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Facts } from '../components/Facts.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { dayText } from '../format.ts';
import { useWords } from '../words.ts';

/** One key account: what it is, who holds it, which legal entities it covers. */
export default function Account() {
  const { t, named, called } = useWords();
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
                { label: t('role.accountManager'), value: value.manager && called(value.manager) },
                { label: t('account.establishedOn'), value: value.establishedOn },
                { label: t('account.terminatedOn'), value: value.terminatedOn },
                { label: t('account.onList'), value: t(value.onList ? 'word.yes' : 'word.no') },
                {
                  label: t('account.decision'),
                  value: <Link to={`/cases/${value.decisionCaseId}`}>{t('account.openDecision')}</Link>,
                },
              ]}
            />
          </section>
          <section className="panel">
            <h2>
              {t('account.holdings')} <ArticleTag article="7.3" />
            </h2>
            <Sheet
              caption={t('account.holdings')}
              rows={value.holdings}
              rowKey={(row) => row.id}
              columns={[
                { title: t('word.kind'), cell: (row) => named('holding', row.kind) },
                { title: t('word.unit'), cell: (row) => called(row.unit) },
                { title: t('role.accountManager'), cell: (row) => called(row.manager) },
                { title: t('word.from'), cell: (row) => dayText(row.validFrom) },
                { title: t('word.to'), cell: (row) => (row.validTo ? dayText(row.validTo) : t('word.open')) },
                {
                  title: t('account.decision'),
                  cell: (row) => <Link to={`/cases/${row.decisionCaseId}`}>{t('do.open')}</Link>,
                },
              ]}
            />
          </section>
          <section className="panel">
            <h2>{t('account.entities')}</h2>
            <Sheet
              caption={t('account.entities')}
              rows={value.entities}
              rowKey={(row) => row.code ?? row.name}
              columns={[
                { title: t('f.client.name'), cell: (row) => row.name },
                { title: t('f.client.uscc'), cell: (row) => row.code ?? '—' },
                { title: t('f.client.members.relation'), cell: (row) => row.relation ?? '—' },
              ]}
            />
          </section>
        </>
      )}
    </Loaded>
  );
}
