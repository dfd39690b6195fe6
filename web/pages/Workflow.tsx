import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import type { WorkflowEventView, WorkflowView } from '../../api/contract/workflows.ts';
import { get, query } from '../api/call.ts';
import { type Page, useOne, usePages } from '../api/list.ts';
import { Facts } from '../components/Facts.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';

/** One execution and its history, event by event, decoded; it holds ids and codes only. */
export default function Workflow() {
  const { t, named, word } = useWords();
  const { id = '' } = useParams();
  const path = `/workflows/${encodeURIComponent(id)}`;
  const execution = useOne<WorkflowView>(['workflow', id], path);
  const history = usePages<WorkflowEventView>(['workflow', id, 'history'], (cursor, signal) =>
    get<Page<WorkflowEventView>>(`${path}/history${query({ cursor, limit: 100 })}`, signal),
  );
  const events = history.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('workflow.execution')} />
      <Loaded query={execution}>
        {(value) => (
          <section className="panel">
            <Facts
              rows={[
                { label: 'Workflow ID', value: value.workflowId },
                { label: 'Run ID', value: value.runId },
                { label: t('word.kind'), value: value.type },
                { label: t('word.status'), value: named('workflow', value.status) },
                {
                  label: t('word.case'),
                  value: value.caseId && <Link to={`/cases/${value.caseId}`}>{value.caseNumber ?? value.caseId}</Link>,
                },
                { label: t('workflow.caseState'), value: value.caseState && word(`rec.${value.caseState}`) },
                { label: t('workflow.started'), value: momentText(value.startedAt) },
                { label: t('workflow.closed'), value: momentText(value.closedAt) },
              ]}
            />
          </section>
        )}
      </Loaded>
      <section className="panel stack">
        <h2>{t('workflow.history')}</h2>
        <ProblemNotice error={history.error} onRetry={() => history.refetch()} />
        <ol className="cards" aria-label={t('workflow.history')}>
          {events.map((event) => (
            <li key={event.eventId}>
              <details>
                <summary className="row">
                  <span className="figure soft">{event.eventId}</span>
                  <strong>{event.type}</strong>
                  <span className="small soft">{momentText(event.at)}</span>
                </summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
                <pre className="raw" tabIndex={0}>
                  {JSON.stringify(event.details, null, 2)}
                </pre>
              </details>
            </li>
          ))}
        </ol>
        {history.hasNextPage && (
          <Button loading={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
      </section>
    </>
  );
}
