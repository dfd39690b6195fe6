import { Link } from 'react-router';
import type { DeskItem } from '../../../api/contract/desk.ts';
import { useWords } from '../../words.ts';

/** The part of its account's page on which a thing is done. */
const PARTS: Readonly<Record<Exclude<DeskItem['kind'], 'task'>, string>> = {
  visitDue: 'visits',
  visitPlanned: 'visits',
  reportDue: 'reports',
  vacancy: 'holdings',
  marketingTask: 'marketing',
  measure: 'plans',
};

/** One thing to be done: what, for which account or case, by whom; a tap leads to where it is done. */
export function ItemCard({ item }: { readonly item: DeskItem }) {
  const { t, named, called } = useWords();
  const { kind, account, task, person } = item;
  const to =
    task || kind === 'task' ? `/cases/${task?.caseId ?? ''}` : `/accounts/${account?.id ?? ''}?part=${PARTS[kind]}`;
  return (
    <Link to={to} className="desk-item" data-standing={item.standing}>
      <span className="title">{kind === 'task' ? named('kind', task?.kind ?? '') : t(`desk.kind.${kind}`)}</span>
      <span className="small">{account?.name ?? (task?.title || t('case.untitled'))}</span>
      {(person || item.standing === 'overdue') && (
        <span className="small soft">
          {[
            person && called(person),
            item.standing === 'overdue' && item.dueOn ? t('desk.since', { day: item.dueOn }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
    </Link>
  );
}
