import { EditOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import type { MarketingTaskView } from '../../api/contract/marketingTasks.ts';
import type { ManagedVisits } from '../../api/contract/visits.ts';
import { type Page, useOne } from '../api/list.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { MarketingTaskCard } from '../components/account/MarketingTaskCard.tsx';
import { Empty } from '../components/Empty.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { type Mark, VisitCalendar } from '../components/visit/VisitCalendar.tsx';
import { VisitDueChip } from '../components/visit/VisitDueChip.tsx';
import '../styles/account.css';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** A manager’s visits over all his accounts, whichever is due first, and what else he is to do for them. */
export default function Visits() {
  const { t } = useWords();
  const visits = useOne<Page<ManagedVisits>>(['myVisits'], '/me/visits');
  const tasks = useOne<Page<MarketingTaskView>>(['myMarketingTasks'], '/me/marketing-tasks');
  return (
    <>
      <PageHead title={t('nav.visits')}>
        <ArticleTag article="6.1" />
      </PageHead>
      <Loaded query={visits}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('visit.none')} />
          ) : (
            <section className="visits of-all" aria-label={t('nav.visits')}>
              <div className="panel">
                <VisitCalendar label={t('visit.calendar')} marks={items.flatMap(marksOf)} />
              </div>
              <ul className="cards">
                {items.map((each) => (
                  <Managed key={each.account.id} {...each} />
                ))}
              </ul>
            </section>
          )
        }
      </Loaded>
      <Loaded query={tasks}>
        {({ items }) =>
          items.length > 0 && (
            <section className="stack own-tasks" aria-label={t('marketing.mine')}>
              <h2>{t('marketing.mine')}</h2>
              <ul className="cards">
                {items.map((task) => (
                  <MarketingTaskCard key={task.id} task={task} named />
                ))}
              </ul>
            </section>
          )
        }
      </Loaded>
    </>
  );
}

function Managed({ account, due, planned }: ManagedVisits) {
  const { t } = useWords();
  return (
    <li className="card plain">
      <div>
        <Link className="title" to={`/accounts/${account.id}?part=visits`}>
          {account.name}
        </Link>
        <div className="small soft">
          {due.lastOn ? t('visit.last', { day: due.lastOn }) : t('visit.never.yet')}
          {' · '}
          {t('visit.dueOn', { day: due.dueOn })}
          {planned.length > 0 &&
            ` · ${t('visit.plannedFor', { days: planned.map((each) => each.plannedOn).join(t('list.comma')) })}`}
        </div>
      </div>
      <div className="aside">
        <VisitDueChip due={due} />
      </div>
      <div className="card-acts">
        <Link className="log-visit" to={`/accounts/${account.id}/visits/new`}>
          <EditOutlined /> {t('visit.log')}
        </Link>
      </div>
    </li>
  );
}

const marksOf = ({ account: { name }, due, planned, visitedOn }: ManagedVisits): Mark[] => [
  { day: due.dueOn, kind: 'due', name },
  ...planned.map(({ plannedOn }) => ({ day: plannedOn, kind: 'planned' as const, name })),
  ...visitedOn.map((day) => ({ day, kind: 'done' as const, name })),
];
