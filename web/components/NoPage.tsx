import { Link } from 'react-router';
import { useWords } from '../words.ts';
import { PageHead } from './PageHead.tsx';

/** Where an address leads nowhere: says so, and how one gets on. */
export function NoPage() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t('problem.noPage')} />
      <section className="panel stack">
        <p>{t('problem.noPageAbout')}</p>
        <p>
          <Link to="/">{t('problem.toStart')}</Link>
        </p>
      </section>
    </>
  );
}
