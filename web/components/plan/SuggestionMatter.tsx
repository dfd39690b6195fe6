import { Link } from 'react-router';
import type { SuggestionMatter as Matter } from '../../../api/contract/suggestions.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { PlanCard } from './PlanCard.tsx';
import { Severity } from './Severity.tsx';

/** What was raised, why, what is proposed, and the plan that followed. */
export default function SuggestionMatter({ matter }: { readonly matter: Matter }) {
  const { t, named } = useWords();
  return (
    <section className="panel stack" aria-label={named('suggestionKind', matter.kind)}>
      <div className="row">
        <h2>{named('suggestionKind', matter.kind)}</h2>
        <Severity severity={matter.severity} />
        <ArticleTag article="6.3" />
        <Link className="small" to={`/accounts/${matter.accountId}?part=warnings`}>
          {t('suggestion.ofAccount')}
        </Link>
      </div>
      <div>
        <h3>{t('suggestion.grounds')}</h3>
        <p className="break prewrap">{matter.grounds}</p>
      </div>
      {matter.measures && (
        <div>
          <h3>{t('suggestion.proposed')}</h3>
          <p className="break prewrap">{matter.measures}</p>
        </div>
      )}
      {matter.plan && (
        <div className="stack">
          <h3>{t('plan.title')}</h3>
          <PlanCard plan={matter.plan} linked={false} />
        </div>
      )}
    </section>
  );
}
