import { Link } from 'react-router';
import type { DeskView } from '../../../api/contract/desk.ts';
import { useWords } from '../../words.ts';
import { VisitRing } from './VisitRing.tsx';

/** The accounts of a desk, those in trouble first: until when to visit as a ring, what is to be seen to as chips. */
export function AccountCards({ desk }: { readonly desk: DeskView }) {
  const { t, named, called } = useWords();
  return (
    <section className="panel stack" aria-label={t(`desk.accounts.${desk.scope}`)}>
      <h2>{t(`desk.accounts.${desk.scope}`)}</h2>
      {desk.accounts.length === 0 ? (
        <p className="soft">{t(`desk.accounts.none.${desk.scope}`)}</p>
      ) : (
        <ul className="desk-accounts">
          {desk.accounts.map((account) => (
            <li key={account.id} data-health={account.health}>
              <VisitRing account={account} today={desk.today} />
              <div>
                <Link className="title" to={`/accounts/${account.id}?part=visits`}>
                  {account.name}
                </Link>
                <span className="small soft">
                  {[
                    named('grade', account.grade),
                    desk.scope === 'mine' ? null : called(account.unit),
                    desk.scope === 'mine' ? null : account.manager ? called(account.manager) : null,
                    account.heldAs === 'co' ? t('desk.heldAs.co', { unit: called(account.lead) }) : null,
                    account.lastVisitOn ? t('desk.lastVisit', { day: account.lastVisitOn }) : t('desk.neverVisited'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {account.signs.length > 0 && (
                  <span className="row">
                    {account.signs.map((sign) => (
                      <span key={sign} className={`chip ${GRAVE.includes(sign) ? 'red' : 'amber'}`}>
                        {named('desk.sign', sign)}
                      </span>
                    ))}
                  </span>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What is red: somebody is late, or there is nobody, or a risk is severe. */
const GRAVE: readonly string[] = ['vacant', 'visitOverdue', 'severeWarning', 'reportOverdue', 'workOverdue'];
