import { Skeleton } from 'antd';
import { Suspense } from 'react';
import { useParams } from 'react-router';
import type { AccountView } from '../../api/contract/accounts.ts';
import { useOne } from '../api/list.ts';
import { AccountHead } from '../components/account/AccountHead.tsx';
import { HoldingsSection } from '../components/account/HoldingsSection.tsx';
import { accountSections } from '../components/account/sections.ts';
import { Loaded } from '../components/Loaded.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import '../styles/account.css';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** One key account: what it is, and beneath, part by part, what is known and goes on with it. */
export default function Account() {
  const { id = '' } = useParams();
  const account = useOne<AccountView>(['account', id], `/accounts/${id}`);
  return (
    <Loaded query={account}>
      {(value) => (
        <>
          <AccountHead account={value} />
          <Parts account={value} />
        </>
      )}
    </Loaded>
  );
}

/** The parts that the reader may look at, one at a time. */
function Parts({ account }: { readonly account: AccountView }) {
  const { t } = useWords();
  const sections = accountSections.filter((section) => !('file' in section) || account.file.reads);
  const part = usePageTab(
    'part',
    sections.map(({ key }) => key),
  );
  const Section = sections.find(({ key }) => key === part)?.Section ?? HoldingsSection;
  return (
    <>
      <PageTabs
        label={account.client.name}
        param="part"
        items={sections.map(({ key }) => ({ key, label: t(`account.part.${key}`) }))}
      />
      <Suspense fallback={<Skeleton active />}>
        <Section account={account} />
      </Suspense>
    </>
  );
}
