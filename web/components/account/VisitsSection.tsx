import { CalendarOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { VisitList } from '../../../api/contract/visits.ts';
import { useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { ArticleTag } from '../ArticleTag.tsx';
import { Loaded } from '../Loaded.tsx';
import { PlanVisit } from '../visit/PlanVisit.tsx';
import { type Mark, VisitCalendar } from '../visit/VisitCalendar.tsx';
import { VisitCard } from '../visit/VisitCard.tsx';
import type { SectionProps } from './sections.ts';

/** 定期回访 (Article 6.1): the month with the day the next is due, and the visits, the latest first. */
export default function VisitsSection({ account }: SectionProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [planning, setPlanning] = useState<{ readonly day: string | null } | null>(null);
  const visits = useOne<VisitList>(['account', account.id, 'visits'], `/accounts/${account.id}/visits?limit=200`);
  const entry = `/accounts/${account.id}/visits/new`;
  return (
    <section className="panel stack" aria-label={t('visit.title')}>
      <Loaded query={visits}>
        {({ items, due, mayEnter }) => (
          <>
            <div className="row section-head">
              <h2>
                {t('visit.title')} <ArticleTag article="6.1" />
              </h2>
              {mayEnter && (
                <Button icon={<CalendarOutlined />} onClick={() => setPlanning({ day: null })}>
                  {t('visit.plan')}
                </Button>
              )}
            </div>
            <div className="visits">
              <VisitCalendar
                label={t('visit.calendar')}
                marks={marksOf(items, due)}
                {...(mayEnter
                  ? {
                      onDay: (day: string) =>
                        day > today() ? setPlanning({ day }) : void navigate(`${entry}?day=${day}`),
                    }
                  : {})}
              />
              {items.length === 0 ? (
                <p className="soft">{t('visit.empty')}</p>
              ) : (
                <ul className="cards">
                  {items.map((visit) => (
                    <VisitCard key={visit.id} accountId={account.id} visit={visit} mayEnter={mayEnter} />
                  ))}
                </ul>
              )}
            </div>
            <p className="small soft">{t('visit.confidential')}</p>
          </>
        )}
      </Loaded>
      {planning && <PlanVisit accountId={account.id} day={planning.day} onClose={() => setPlanning(null)} />}
    </section>
  );
}

function marksOf(items: VisitList['items'], due: VisitList['due']): readonly Mark[] {
  const marks = items.flatMap(({ state, visitedOn, plannedOn }): Mark[] => {
    if (state === 'done') return visitedOn ? [{ day: visitedOn, kind: 'done' }] : [];
    return state === 'planned' && plannedOn ? [{ day: plannedOn, kind: 'planned' }] : [];
  });
  return due ? [{ day: due.dueOn, kind: 'due' }, ...marks] : marks;
}
