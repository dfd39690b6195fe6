import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { Persons } from '../components/people/Persons.tsx';
import { Seats } from '../components/people/Seats.tsx';
import { Units } from '../components/people/Units.tsx';
import '../styles/registers.css';
import { useWords } from '../words.ts';

const parts = ['seats', 'persons', 'units'] as const;

/** The committee's seats, the persons with their roles, and the units with their territories. */
export default function People() {
  const { t } = useWords();
  const part = usePageTab('part', parts);
  return (
    <>
      <PageHead title={t('nav.people')} />
      <PageTabs label={t('nav.people')} param="part" items={parts.map((key) => ({ key, label: t(`people.${key}`) }))} />
      {part === 'seats' && <Seats />}
      {part === 'persons' && <Persons />}
      {part === 'units' && <Units />}
    </>
  );
}
