import { Alert } from 'antd';
import { Link } from 'react-router';
import { type Attention, enginePage } from '../../api/administration.ts';
import { momentText } from '../../format.ts';
import { statePrefix } from '../../stateWord.ts';
import { useWords } from '../../words.ts';
import { Redrive } from './Redrive.tsx';

type Props = {
  readonly value: Attention;
  /** Whether the reader may open executions (the system administrator). */
  readonly opens: boolean;
};

/** What is stuck or failing, each with what follows from it and what can be done. */
export function AttentionList({ value, opens }: Props) {
  const { t, named } = useWords();
  return (
    <section className="stack" aria-label={t('attention.title')}>
      {value.temporal === 'away' && <Alert type="warning" showIcon role="status" title={t('attention.away')} />}
      {!value.whole && <Alert type="info" showIcon role="status" title={t('attention.partial')} />}
      {value.items.length === 0 && (
        <p className="panel row">
          <span className="chip green">{t('health.green')}</span>
          {t(value.temporal === 'away' ? 'attention.noneKnown' : 'attention.none')}
        </p>
      )}
      <ul className="cards">
        {value.items.map((item) => (
          <li key={item.workflowId} className="panel stack attention">
            <div className="row">
              {opens ? (
                <Link to={`/workflows/${encodeURIComponent(item.workflowId)}`}>
                  <strong>{item.caseNumber ?? item.workflowId}</strong>
                </Link>
              ) : (
                <strong>{item.caseNumber ?? item.workflowId}</strong>
              )}
              {item.caseState && (
                <span className="chip">{named(statePrefix(item.workflowId.split(':')[0] ?? ''), item.caseState)}</span>
              )}
              {item.since && <span className="small soft">{t('attention.since', { at: momentText(item.since) })}</span>}
            </div>
            <ul className="problems">
              {item.problems.map(({ code, attempts, failure }) => (
                <li key={code}>
                  <strong className="red-text">{t(`attention.${code}`)}</strong>
                  {attempts !== null && (
                    <span className="chip red">{t('attention.attempts', { count: attempts })}</span>
                  )}
                  {failure !== null && <code className="small">{named('workflow', failure)}</code>}
                  <p className="small soft">{t(`attention.${code}.do`)}</p>
                </li>
              ))}
            </ul>
            <div className="row">
              {item.caseId && <Redrive caseId={item.caseId} />}
              {item.caseId && <Link to={`/cases/${item.caseId}`}>{t('attention.openCase')}</Link>}
              {item.accountId && <Link to={`/accounts/${item.accountId}`}>{t('attention.openAccount')}</Link>}
              {opens && <EngineLink value={value} execution={{ workflowId: item.workflowId, runId: '' }} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A link into Temporal's own pages, in a window of its own. */
export function EngineLink({
  value,
  execution,
}: {
  readonly value: Pick<Attention, 'pages' | 'namespace'>;
  readonly execution: { readonly workflowId: string; readonly runId: string };
}) {
  const { t } = useWords();
  const address = execution.runId ? enginePage(value, execution) : null;
  if (!address) return null;
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {t('workflow.inTemporal')}
    </a>
  );
}
