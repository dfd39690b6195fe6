import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import type { BulkVoteView } from '../../../api/contract/agenda.ts';
import { agendaKey, useBulkVote } from '../../api/agenda.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Loaded } from '../Loaded.tsx';

/** How far a bulk vote has come, and what became of each account, until it is put away. */
export function BulkVotePanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const query = useBulkVote(id);
  const finished = query.data?.state === 'finished';
  useEffect(() => {
    if (finished) for (const key of [agendaKey, ['inbox'], ['me']]) void client.invalidateQueries({ queryKey: key });
  }, [finished, client]);
  return (
    <section className="panel stack bulk-results" aria-label={t('reviewAgenda.results')}>
      <div className="row">
        <h2>{t('reviewAgenda.results')}</h2>
        <span className="spacer" />
        {finished && (
          <Button type="text" size="small" onClick={onClose}>
            {t('bulk.close')}
          </Button>
        )}
      </div>
      <Loaded query={query}>{(value) => <Progress value={value} />}</Loaded>
    </section>
  );
}

function Progress({ value }: { readonly value: BulkVoteView }) {
  const { t } = useWords();
  const { items, done, refused, state, createdAt } = value;
  const settled = done + refused;
  // What was refused comes first: it is what is still to be done.
  const results = (value.results ?? []).toSorted((a, b) => ranks[a.state] - ranks[b.state]);
  return (
    <>
      <p className="small soft">
        <time className="figure" dateTime={createdAt}>
          {momentText(createdAt)}
        </time>
      </p>
      <p role="status">
        {state === 'running' ? (
          t('reviewAgenda.running', { settled, items })
        ) : (
          <>
            <span className="chip green">{t('reviewAgenda.done', { count: done })}</span>{' '}
            {refused > 0 && <span className="chip red">{t('reviewAgenda.refused', { count: refused })}</span>}
          </>
        )}
      </p>
      {state === 'running' && (
        <progress className="agenda-progress" aria-label={t('reviewAgenda.results')} max={items} value={settled} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by the keyboard too */}
      <ul className="bulk-list" aria-label={t('reviewAgenda.resultList')} tabIndex={0}>
        {results.map((item) => (
          <li key={item.taskId}>
            <span className="row">
              <Mark state={item.state} />
              <Link to={`/cases/${item.caseId}`}>{item.account.name}</Link>
              <span className="small soft">{t(`reviewAgenda.item.${item.state}`)}</span>
            </span>
            {item.problem && <span className="small break">{item.problem.detail}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

const ranks = { refused: 0, waiting: 1, done: 2 } as const;

function Mark({ state }: { readonly state: 'waiting' | 'done' | 'refused' }) {
  if (state === 'done') return <CheckCircleOutlined className="good" aria-hidden />;
  if (state === 'refused') return <CloseCircleOutlined className="bad" aria-hidden />;
  return <ClockCircleOutlined aria-hidden />;
}
