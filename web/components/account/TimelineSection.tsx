import { Button } from 'antd';
import { Link } from 'react-router';
import type { AccountEvent } from '../../../api/contract/accountTimeline.ts';
import { useListed } from '../../api/list.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import type { SectionProps } from './sections.ts';

/** What happened to the account, the latest first, by month. */
export default function TimelineSection({ account }: SectionProps) {
  const { t } = useWords();
  const events = useListed<AccountEvent>(['account', account.id, 'timeline'], `/accounts/${account.id}/timeline`);
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];
  const months = Map.groupBy(items, ({ at }) => dayText(at).slice(0, 7));
  return (
    <section className="panel stack" aria-label={t('account.part.timeline')}>
      <h2>{t('account.part.timeline')}</h2>
      <ProblemNotice error={events.error} onRetry={() => events.refetch()} />
      {[...months].map(([month, happened]) => (
        <section key={month} className="timeline-month" aria-label={month}>
          <h3 className="figure soft">{month}</h3>
          <ol className="timeline">
            {happened.map((event) => (
              <Event key={event.key} event={event} />
            ))}
          </ol>
        </section>
      ))}
      {events.hasNextPage && (
        <Button loading={events.isFetchingNextPage} onClick={() => events.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </section>
  );
}

function Event({ event }: { readonly event: AccountEvent }) {
  const { t, named, word, called } = useWords();
  const { kind, person, unit, holding, at } = event;
  const about = [unit && called(unit), person && called(person)].filter(Boolean).join(' · ');
  return (
    <li className={`of-${kind}`}>
      <div className="row">
        <strong>{t(`account.event.${kind}`)}</strong>
        {event.grade && <span className="chip brand">{named('grade', event.grade)}</span>}
        {holding && <span className="chip">{named('holding', holding)}</span>}
        {event.case && (
          <Link to={`/cases/${event.case.id}`}>
            {named('process', event.case.process)} {event.case.number}
          </Link>
        )}
        {event.case && kind === 'caseClosed' && <span className="chip">{word(event.case.stateKey)}</span>}
      </div>
      <div className="small soft">
        <time className="figure" dateTime={at}>
          {dayText(kind === 'terminated' ? new Date(Date.parse(at) - 1).toISOString() : at)}
        </time>
        {about && ` · ${about}`}
      </div>
    </li>
  );
}
