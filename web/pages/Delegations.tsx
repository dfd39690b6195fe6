import { Absences } from '../components/absence/Absences.tsx';
import { Delegations } from '../components/Delegations.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import '../styles/registers.css';
import { useWords } from '../words.ts';

const parts = ['delegations', 'absences'] as const;

/** Who stands in for whom: delegations given and received, and absences. */
export default function DelegationsPage() {
  const { t } = useWords();
  const part = usePageTab('part', parts);
  return (
    <>
      <PageHead title={t('nav.delegations')} />
      <PageTabs
        label={t('nav.delegations')}
        param="part"
        items={parts.map((key) => ({ key, label: t(`standIn.${key}`) }))}
      />
      {part === 'delegations' ? <Delegations /> : <Absences />}
    </>
  );
}
