import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { BulkOutcome, InboxRow } from '../../../api/contract/tasks.ts';
import { useWords } from '../../words.ts';

/** What became of a bulk act: the rows it was for, what was done with them, and the result of each. */
export type BulkResult = {
  readonly rows: readonly InboxRow[];
  readonly kind: string;
  /** `claim`, or the answer given. */
  readonly action: string;
  readonly body: Record<string, unknown>;
  readonly outcome: BulkOutcome;
};

/** Refusals that trying again does not mend. */
const FINAL = [
  'taskClosed',
  'caseEnded',
  'notFound',
  'notInBulk',
  'notCandidate',
  'separation',
  'conflicted',
  'alreadyClaimed',
];

/** The rows that were refused and may be tried again. */
export const retriable = ({ rows, outcome }: BulkResult): readonly InboxRow[] => {
  const again = outcome.results.filter(({ problem }) => problem && !FINAL.includes(problem.code));
  return rows.filter(({ task }) => again.some(({ taskId }) => taskId === task?.id));
};

type Props = {
  readonly result: BulkResult;
  readonly onRetry: () => void;
  readonly onClose: () => void;
};

/** The results of a bulk act, one for each task, until they are put away. */
export function BulkResults({ result, onRetry, onClose }: Props) {
  const { t, action: actionName } = useWords();
  const { rows, kind, action, outcome } = result;
  const rowOf = new Map(rows.map((row) => [row.task?.id, row]));
  const again = retriable(result).length;
  return (
    <section className="panel stack bulk-results" aria-label={t('bulk.results')}>
      <div className="row">
        <h2>{t('bulk.resultsOf', { action: actionName(kind, action) })}</h2>
        <span role="status">
          <span className="chip green">{t('bulk.taken', { count: outcome.taken })}</span>{' '}
          {outcome.refused > 0 && <span className="chip red">{t('bulk.refused', { count: outcome.refused })}</span>}
        </span>
        <span className="spacer" />
        {again > 0 && <Button onClick={onRetry}>{t('bulk.retry', { count: again })}</Button>}
        <Button type="text" onClick={onClose}>
          {t('bulk.close')}
        </Button>
      </div>
      <ul className="bulk-list">
        {outcome.results.map(({ taskId, problem }) => {
          const summary = rowOf.get(taskId)?.case;
          return (
            <li key={taskId}>
              <span className="row">
                {problem ? (
                  <CloseCircleOutlined className="bad" aria-hidden />
                ) : (
                  <CheckCircleOutlined className="good" aria-hidden />
                )}
                {summary && <Link to={`/cases/${summary.id}`}>{summary.title || summary.number}</Link>}
                <span className="small soft">{problem ? t('bulk.notDone') : t('bulk.done')}</span>
              </span>
              {problem && <span className="small">{problem.detail}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
