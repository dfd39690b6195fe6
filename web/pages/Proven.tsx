import { useEffect } from 'react';
import { PROVEN } from '../api/stepUp.ts';
import { useWords } from '../words.ts';

/** Where a window comes back to from a provider, once its person has proved who he is: it tells the one that waits, and closes. */
export default function Proven() {
  const { t } = useWords();
  useEffect(() => {
    const channel = new BroadcastChannel(PROVEN);
    channel.postMessage(PROVEN);
    channel.close();
    window.close();
  }, []);
  return <p role="status">{t('stepUp.proven')}</p>;
}
