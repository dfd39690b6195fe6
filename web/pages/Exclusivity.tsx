import type { Me } from '../../api/contract/me.ts';
import { rolesOf } from '../api/me.ts';
import { CheckForm } from '../components/exclusivity/CheckForm.tsx';
import { NearMatches } from '../components/exclusivity/NearMatches.tsx';
import { AllReceipts, OwnReceipts } from '../components/exclusivity/Receipts.tsx';
import { VerifyReceipt } from '../components/exclusivity/VerifyReceipt.tsx';
import { Watch } from '../components/exclusivity/Watch.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import '../styles/registers.css';
import '../styles/exclusivity.css';
import { useWords } from '../words.ts';

const ASKING = ['submitter', 'unitHead', 'marketingDeputy', 'office', 'dataClerk'];

/** Each part with the roles it is for; for everybody where there are none. */
const parts = [
  { key: 'check', roles: ASKING, Part: CheckForm },
  { key: 'own', roles: ASKING, Part: OwnReceipts },
  { key: 'all', roles: ['office'], Part: AllReceipts },
  { key: 'near', roles: ASKING, Part: NearMatches },
  { key: 'watch', roles: ['securityAdmin', 'auditor'], Part: Watch },
  { key: 'verify', roles: [], Part: VerifyReceipt },
] as const satisfies readonly { readonly roles: readonly string[]; readonly key: string; readonly Part: unknown }[];

/** 专属核查 (Article 7.3): whether a client may be developed, the receipts of having asked, and names that a person judges. */
export default function Exclusivity({ me }: { readonly me: Me }) {
  const { t } = useWords();
  const held = rolesOf(me);
  const mine = parts.filter(({ roles }) => roles.length === 0 || roles.some((role) => held.includes(role)));
  const shown = usePageTab(
    'part',
    mine.map(({ key }) => key),
  );
  const { Part } = mine.find(({ key }) => key === shown) ?? { Part: VerifyReceipt };
  return (
    <>
      <PageHead title={t('nav.exclusivity')} />
      <PageTabs
        label={t('nav.exclusivity')}
        param="part"
        items={mine.map(({ key }) => ({ key, label: t(`exclusivity.${key}`) }))}
      />
      <Part />
    </>
  );
}
