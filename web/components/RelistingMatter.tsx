import { Link } from 'react-router';
import type { RelistingMatter as Matter } from '../../api/contract/relistings.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Facts } from './Facts.tsx';

/** Why an account that was taken off the list belongs on it again. */
export default function RelistingMatter({ matter }: { readonly matter: Matter }) {
  const { t } = useWords();
  const { accountId, delisting, source, grounds } = matter;
  return (
    <section className="panel stack" aria-label={t('process.relisting')}>
      <div className="row">
        <h2>{t('process.relisting')}</h2>
        <ArticleTag article="4.6" />
        <Link className="small" to={`/accounts/${accountId}?part=warnings`}>
          {t('exit.toAccount')}
        </Link>
      </div>
      <Facts
        rows={[
          delisting && {
            label: t('relisting.delistedBy'),
            value: (
              <Link className="figure" to={`/cases/${delisting.caseId}`}>
                {delisting.number}
              </Link>
            ),
          },
          { label: t('relisting.source'), value: source },
        ]}
      />
      <div>
        <h3>{t('relisting.grounds')}</h3>
        <p className="break prewrap">{grounds}</p>
      </div>
      <p className="small soft">{t('relisting.effect')}</p>
    </section>
  );
}
