import { Alert, Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import type { AuditHeadView } from '../../../api/contract/audit.ts';
import { get, query } from '../../api/call.ts';
import { type ChainResult, computeChain, headOf } from '../../chain.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

type State =
  | { readonly is: 'computing'; readonly entries: number }
  | { readonly is: 'done'; readonly result: ChainResult }
  | { readonly is: 'failed'; readonly error: unknown };

/** One hash chain fetched and computed again here, in the browser, and compared with what the seals say. */
export function ChainVerifier({ stream, onClose }: { readonly stream: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const [state, setState] = useState<State>({ is: 'computing', entries: 0 });
  useEffect(() => {
    const stop = new AbortController();
    setState({ is: 'computing', entries: 0 });
    computeChain(stream, {
      signal: stop.signal,
      onProgress: (entries) => setState({ is: 'computing', entries }),
    })
      .then((result) => setState({ is: 'done', result }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setState({ is: 'failed', error });
      });
    return () => stop.abort();
  }, [stream]);
  if (state.is === 'failed') return <ProblemNotice error={state.error} />;
  if (state.is === 'computing')
    return (
      <div className="panel" role="status">
        {t('chain.computing', { stream, entries: state.entries })}
        <Progress percent={100} status="active" showInfo={false} aria-label={t('chain.title')} />
      </div>
    );
  const { result } = state;
  return (
    <section className="panel stack" aria-label={t('chain.title')}>
      <Alert
        showIcon
        role="status"
        type={result.broken ? 'error' : 'success'}
        title={
          result.broken
            ? t('chain.broken', { stream, seq: result.broken.seq, fault: t(`chain.fault.${result.broken.fault}`) })
            : t('chain.intact', { stream, entries: result.entries })
        }
        description={
          <>
            <p>{t('chain.sealed', { sealed: result.sealed, upTo: result.sealedUpTo, entries: result.entries })}</p>
            {result.head && <code className="small break">{result.head}</code>}
          </>
        }
      />
      <div>
        <Button onClick={onClose}>{t('chain.close')}</Button>
      </div>
    </section>
  );
}

/** Compares a head that was kept outside the system with the seal of its number as it is now. */
export function HeadCheck() {
  const { t } = useWords();
  const [answer, setAnswer] = useState<{ type: 'success' | 'error'; text: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  async function compare(file: File | undefined): Promise<void> {
    setAnswer(null);
    setError(null);
    if (!file) return;
    const kept = headOf(await file.text());
    if (!kept) return setAnswer({ type: 'error', text: t('head.noHead') });
    try {
      const now = await get<AuditHeadView | null>(`/audit/head${query({ id: kept.id })}`);
      if (now?.hash === kept.hash) setAnswer({ type: 'success', text: t('head.same', { id: kept.id }) });
      else setAnswer({ type: 'error', text: t(now ? 'head.other' : 'head.gone', { id: kept.id }) });
    } catch (failed) {
      setError(failed);
    }
  }
  return (
    <div className="stack">
      <label className="row">
        {t('head.compare')}
        <input
          type="file"
          accept="application/json,.json"
          onChange={({ target }) => {
            void compare(target.files?.[0]);
          }}
        />
      </label>
      {answer && <Alert showIcon role="status" type={answer.type} title={answer.text} />}
      <ProblemNotice error={error} />
    </div>
  );
}
