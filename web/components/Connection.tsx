import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { startLive } from '../live/live.ts';
import { useStanding } from '../live/standing.ts';
import { useWords } from '../words.ts';

/** A connection that comes back within so many milliseconds is not worth a word. */
const QUIET_MS = 4_000;

/** Keeps the pages as they are, and says quietly when it cannot. */
export function Connection({ personId }: { readonly personId: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const standing = useStanding();
  const [isLost, setLost] = useState(false);
  useEffect(() => startLive(personId, queries), [personId, queries]);
  useEffect(() => {
    if (standing !== 'lost') return setLost(false);
    const timer = setTimeout(() => setLost(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [standing]);
  return (
    <span className="connection" role="status">
      {isLost && (
        <span className="chip amber" title={t('live.lostDetail')}>
          {t('live.lost')}
        </span>
      )}
    </span>
  );
}
