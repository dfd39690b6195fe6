import { Alert } from 'antd';
import { useEffect } from 'react';
import { useSentAlong } from '../api/upload.ts';
import { useWords } from '../words.ts';
import { SendingFiles } from './SendingFiles.tsx';

/** The files chosen with a case that was just started: how far they are, and which of them did not arrive. */
export function SentAlong({ caseId }: { readonly caseId: string }) {
  const { t } = useWords();
  const { sending, retry, dismiss } = useSentAlong(caseId);
  const failed = sending.filter(({ problem }) => problem).length;
  const isUnderWay = sending.length > failed;
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const stay = (event: Event) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [isUnderWay]);
  if (sending.length === 0) return null;
  return (
    <Alert
      type={failed > 0 ? 'warning' : 'info'}
      showIcon
      role={failed > 0 ? 'alert' : 'status'}
      style={{ marginBottom: 14 }}
      title={failed > 0 ? t('along.failed', { count: failed }) : t('along.sending', { count: sending.length })}
      description={
        <div className="stack">
          <span>{t(failed > 0 ? 'along.failedAbout' : 'along.sendingAbout')}</span>
          <SendingFiles sending={sending} onRetry={retry} onDismiss={dismiss} />
        </div>
      }
    />
  );
}
