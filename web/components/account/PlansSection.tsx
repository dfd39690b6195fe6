import type { PlanView } from '../../../api/contract/suggestions.ts';
import { type Page, useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Empty } from '../Empty.tsx';
import { Loaded } from '../Loaded.tsx';
import { PlanCard } from '../plan/PlanCard.tsx';
import type { SectionProps } from './sections.ts';

/** 措施方案: what is being done for the account under supervision, and what was. */
export default function PlansSection({ account }: SectionProps) {
  const { t } = useWords();
  const plans = useOne<Page<PlanView>>(['account', account.id, 'plans'], `/accounts/${account.id}/plans`);
  return (
    <Loaded query={plans}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={t('plan.none')} />
        ) : (
          <section className="panel stack plans" aria-label={t('account.part.plans')}>
            <h2>
              {t('account.part.plans')} <ArticleTag article="6.3" />
            </h2>
            {items.map((plan) => (
              <PlanCard key={plan.id} plan={plan} />
            ))}
          </section>
        )
      }
    </Loaded>
  );
}
