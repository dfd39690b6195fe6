import { Link } from 'react-router';
import type { InboxRow as Row } from '../../../api/contract/tasks.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { DueChip } from '../DueChip.tsx';

export const rowKey = ({ task, case: summary, at }: Row): string => task?.id ?? summary.id + at;

type Props = {
  readonly row: Row;
  /** What one has decided already: when and how, and no deadline. */
  readonly past: boolean;
  /** Whether it is reached by Tab; the others by the arrow keys. */
  readonly current: boolean;
  /** Null where it cannot be chosen, and why not. */
  readonly chosen: boolean | null;
  readonly unchoosable: string;
  readonly onChoose: (chosen: boolean) => void;
  readonly onFocus: () => void;
};

/** One row of the inbox: the case it opens, what is asked, until when; and its box, where several can be answered at once. */
export function InboxRow({ row, past, current, chosen, unchoosable, onChoose, onFocus }: Props) {
  const { t, word, named, called } = useWords();
  const { task, case: summary } = row;
  const asked = past && row.action ? named('act', row.action) : task ? named('kind', task.kind) : null;
  const tabIndex = current ? 0 : -1;
  const title = summary.title || t('case.untitled');
  const isDraft = summary.state === 'draft' && !asked;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of rows that are cards, not a table
    <div role="row" className="inbox-row" data-row={rowKey(row)} tabIndex={-1} onFocus={onFocus}>
      {chosen !== null && (
        // biome-ignore lint/a11y/useSemanticElements: a cell of that grid
        <div role="gridcell" className="pick" tabIndex={-1}>
          <label title={unchoosable || undefined}>
            <input
              type="checkbox"
              tabIndex={tabIndex}
              checked={chosen}
              disabled={unchoosable !== ''}
              aria-label={t('inbox.choose', { title })}
              onChange={(event) => onChoose(event.target.checked)}
            />
          </label>
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of that grid */}
      <div role="gridcell" tabIndex={-1}>
        <Link
          className={`card${chosen ? ' chosen' : ''}`}
          tabIndex={tabIndex}
          to={isDraft ? `/recommendations/${summary.id}` : `/cases/${summary.id}`}
        >
          <span className="title">{title}</span>
          <span className="aside">
            {asked ? <strong>{asked}</strong> : <span className="chip">{word(summary.stateKey)}</span>}
          </span>
          <span className="small soft row">
            <span className="figure">{summary.number}</span>
            <span>{called(summary.unit)}</span>
            {summary.grade && <span>{named('grade', summary.grade)}</span>}
            {asked && <span>{word(summary.stateKey)}</span>}
            {past && <span>{momentText(row.at)}</span>}
            {task?.onBehalfOf && <span>{t('task.onBehalfOf', { name: called(task.onBehalfOf) })}</span>}
            {task?.claimedBy && <span>{t('task.claimedBy', { name: called(task.claimedBy) })}</span>}
            {!past && task && task.level > 0 && <span className="chip amber">{t('task.escalated')}</span>}
          </span>
          <span className="aside">
            {past || summary.terminal ? null : task ? (
              <DueChip due={task.dueAt} soon={task.dueSoon} left={task.daysLeft} />
            ) : (
              <DueChip due={summary.dueAt} />
            )}
          </span>
        </Link>
      </div>
    </div>
  );
}
