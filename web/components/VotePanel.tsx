import type { BallotView } from '../../api/contract/ballots.ts';
import { useNarrow } from '../narrow.ts';
import { useWords } from '../words.ts';
import { TaskPanel } from './TaskPanel.tsx';

/** The reader's own vote on an open ballot: given or not, and how to give or change it while it is open; on a phone `VoteBar` is for that. */
export function VotePanel({ ballot }: { readonly ballot: BallotView }) {
  const { t, named } = useWords();
  const narrow = useNarrow();
  const { mine } = ballot;
  if (!mine || ballot.status !== 'open') return null;
  if (mine.recusal) return <p className="panel">{t('ballot.iAmRecused')}</p>;
  if (narrow) return null;
  return (
    <>
      {mine.choice && (
        <p className="panel" role="status">
          {t('ballot.iVoted', { choice: named('vote', mine.choice) })} {t('ballot.mayChange')}
        </p>
      )}
      {mine.taskId && <TaskPanel taskId={mine.taskId} />}
    </>
  );
}
