import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { PROVEN } from '../api/stepUp.ts';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { problemOf } from '../components/signIn/problemOf.ts';
import { useWords } from '../words.ts';

/**
 * Where a window comes back to from a provider. Once its person has proved who he is, it tells the one that waits, and closes; where he
 * has not, it says why, and what he was doing still waits.
 */
export default function Proven() {
  const { t, language } = useWords();
  const [search] = useSearchParams();
  const problem = problemOf(search.get('problem'), language);
  const refused = problem !== null;
  useEffect(() => {
    if (refused) return;
    const channel = new BroadcastChannel(PROVEN);
    channel.postMessage(PROVEN);
    channel.close();
    window.close();
  }, [refused]);
  return (
    <div className="stack">
      <PageHead title={t('stepUp.title')} />
      <ProblemNotice error={problem} />
      <p role="status">{t(refused ? 'stepUp.notProven' : 'stepUp.proven')}</p>
    </div>
  );
}
