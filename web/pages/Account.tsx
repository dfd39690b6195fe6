import { Skeleton } from 'antd';
import { Suspense } from 'react';
import { Link, useParams } from 'react-router';
import type { AccountView } from '../../api/contract/accounts.ts';
import { useOne } from '../api/list.ts';
import { Absent } from '../components/Absent.tsx';
import { HoldingsSection } from '../components/account/HoldingsSection.tsx';
import { accountSections } from '../components/account/sections.ts';
import { Facts } from '../components/Facts.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import '../styles/account.css';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** One key account: what it is, and beneath, part by part, what is known and goes on with it. */
export default function Account() {
  const { t, named, called } = useWords();
  const { id = '' } = useParams();
  const account = useOne<AccountView>(['account', id], `/accounts/${id}`);
  const part = usePageTab(
    'part',
    accountSections.map(({ key }) => key),
  );
  const Section = accountSections.find(({ key }) => key === part)?.Section ?? HoldingsSection;
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
                  value: value.takenOver ? (
                    `${value.takenOver.document} · ${value.takenOver.body} · ${value.takenOver.decidedOn}`
                  ) : (
                    <Link to={`/cases/${value.decisionCaseId}`}>{t('account.openDecision')}</Link>
                  ),
                },
                {
                  label: t('account.client'),
                  value: <Link to={`/clients/${value.client.id}`}>{t('account.openClient')}</Link>,
                },
              ]}
            />
          </section>
          <PageTabs
            label={value.client.name}
            param="part"
            items={accountSections.map(({ key }) => ({ key, label: t(`account.part.${key}`) }))}
          />
          <Suspense fallback={<Skeleton active />}>
            <Section account={value} />
          </Suspense>
        </>
      )}
    </Loaded>
  );
}
