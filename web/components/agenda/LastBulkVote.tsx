import { Button } from 'antd';
import { useOwnBulkVotes } from '../../api/agenda.ts';
import { momentText } from '../../format.ts';
import { useKept } from '../../kept.ts';
import { useWords } from '../../words.ts';
import { BulkVotePanel } from './BulkVotePanel.tsx';

/** One's last bulk vote in a campaign, running or finished, until one puts it away; then it can be opened again. */
export function LastBulkVote({ year }: { readonly year: string }) {
  const { t } = useWords();
  const [away, setAway] = useKept<string | null>(['agenda', year, 'bulkVoteAway'], null);
  const last = useOwnBulkVotes(year).data?.items[0];
  if (!last) return null;
  if (last.id !== away) return <BulkVotePanel id={last.id} onClose={() => setAway(last.id)} />;
  return (
    <p>
      <Button type="link" size="small" onClick={() => setAway(null)}>
        {t('reviewAgenda.showLast', { at: momentText(last.createdAt), count: last.items })}
      </Button>
    </p>
  );
}
