import { Link } from 'react-router';
import type { BreachMatter as Matter } from '../../api/contract/breaches.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Facts } from './Facts.tsx';

/** What a reported breach is about: both units, what is said to have happened, the accused unit's word, and what follows. */
export default function BreachMatter({ matter }: { readonly matter: Matter }) {
  const { t, called } = useWords();
  return (
    <section className="panel stack" aria-label={t('breach.matter')}>
      <h2>
        {t('breach.matter')} <ArticleTag article="7.3" />
      </h2>
      <Facts
        rows={[
          { label: t('breach.accused'), value: called(matter.accused) },
          { label: t('breach.holder'), value: called(matter.holder) },
          { label: t('breach.happenedOn'), value: matter.happenedOn },
          {
            label: t('nav.accounts'),
            value: <Link to={`/accounts/${matter.accountId}`}>{t('clients.openAccount')}</Link>,
          },
          { label: t('field.evidence'), value: matter.evidence, wide: true },
          { label: t('field.statement'), value: matter.statement, wide: true },
          { label: t('field.consequence'), value: matter.consequence, wide: true },
        ]}
      />
    </section>
  );
}
