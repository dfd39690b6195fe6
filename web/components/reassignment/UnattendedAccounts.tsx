import { Link } from 'react-router';
import type { Unattended } from '../../../api/contract/reassignments.ts';
import { useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { StartReassignment } from './StartReassignment.tsx';

/** To the office: accounts whose manager has left, or whose unit was dissolved, each with the case to open over all of them. */
export default function UnattendedAccounts() {
  const { t, called } = useWords();
  const items = useOne<{ items: Unattended[] }>(['unattended'], '/reassignments/unattended').data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="panel stack" aria-label={t('unattended.title')}>
      <h2>
        {t('unattended.title')} <ArticleTag article="4.3" />
      </h2>
      <ul className="cards">
        {items.map(({ manager, unit, why, accounts }) => (
          <li key={`${manager?.id}-${unit.id}`}>
            <div className="row section-head">
              <span className="row">
                <strong>{manager ? called(manager) : called(unit)}</strong>
                {manager && <span className="soft small">{called(unit)}</span>}
                <span className="chip amber">{t(`unattended.${why}`)}</span>
              </span>
              <StartReassignment
                of={manager ? `/persons/${manager.id}` : `/units/${unit.id}`}
                unitId={unit.id}
                whom={manager ? ['manager'] : ['unit', 'manager']}
                grounds={['personnel']}
                label={t('unattended.start', { count: accounts.length })}
              />
            </div>
            <div className="row small">
              {accounts.map((account) => (
                <Link key={account.id} to={`/accounts/${account.id}`}>
                  {account.client}
                </Link>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
