import { Button } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import type { WorkflowEventView, WorkflowView } from '../../api/contract/workflows.ts';
import { useAttention } from '../api/administration.ts';
import { get, query } from '../api/call.ts';
import { type Page, usePages, useWatched } from '../api/list.ts';
import { EngineLink } from '../components/admin/AttentionList.tsx';
import { ExecutionTimeline } from '../components/admin/ExecutionTimeline.tsx';
import { RawHistory } from '../components/admin/RawHistory.tsx';
import { Redrive } from '../components/admin/Redrive.tsx';
import { Facts } from '../components/Facts.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { durationText, momentText } from '../format.ts';
import '../styles/administration.css';
import { statePrefix } from '../stateWord.ts';
import { useWords } from '../words.ts';

const parts = ['timeline', 'raw'] as const;
/** So many pages of a history are read by themselves; what is longer goes on by the button. */
const PAGES = 10;

/** One execution: what it waits for, how it came here in plain words, and its history event by event, decoded. */
export default function Workflow() {
  const { t, named } = useWords();
  const { id = '' } = useParams();
  const part = usePageTab('part', parts);
  const path = `/workflows/${encodeURIComponent(id)}`;
  const execution = useWatched<WorkflowView>(['workflow', id], path, 10_000);
  const attention = useAttention();
  const history = usePages<WorkflowEventView>(['workflow', id, 'history'], (cursor, signal) =>
    get<Page<WorkflowEventView>>(`${path}/history${query({ cursor, limit: 200 })}`, signal),
  );
  const events = history.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  const read = history.data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && read < PAGES) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, read]);
  const problems = attention.data?.items.find(({ workflowId }) => workflowId === id)?.problems ?? [];
  return (
    <>
      <PageHead title={`${t('workflow.execution')} ${execution.data?.caseNumber ?? ''}`}>
        {execution.data && attention.data && <EngineLink value={attention.data} execution={execution.data} />}
        {execution.data?.caseId && (execution.data.status !== 'completed' || problems.length > 0) && (
          <Redrive caseId={execution.data.caseId} />
        )}
      </PageHead>
      {problems.map(({ code }) => (
        <p key={code} className="panel row" role="status">
          <span className="chip red">{t(`attention.${code}`)}</span>
          <span>{t(`attention.${code}.do`)}</span>
        </p>
      ))}
      <Loaded query={execution}>
        {(value) => (
          <section className="panel" aria-label={t('workflow.execution')}>
            <Facts
              rows={[
                { label: t('word.kind'), value: named('process', value.type) },
                { label: t('word.status'), value: named('workflow', value.status) },
                {
                  label: t('word.case'),
                  value: value.caseId && <Link to={`/cases/${value.caseId}`}>{value.caseNumber ?? value.caseId}</Link>,
                },
                {
                  label: t('word.account'),
                  value: value.accountId && (
                    <Link to={`/accounts/${value.accountId}`}>{value.caseNumber ?? value.accountId}</Link>
                  ),
                },
                {
                  label: t('workflow.caseState'),
                  value: value.caseState && named(statePrefix(value.type), value.caseState),
                },
                { label: t('workflow.started'), value: momentText(value.startedAt) },
                { label: t('workflow.closed'), value: momentText(value.closedAt) },
                {
                  label: t('workflow.lasted'),
                  value: value.closedAt && durationText(Date.parse(value.closedAt) - Date.parse(value.startedAt), t),
                },
                { label: t('workflow.events'), value: value.historyLength },
                value.archived && { label: t('workflow.kept'), value: t('workflow.archived') },
                { label: 'Workflow ID', value: <code className="small break">{value.workflowId}</code>, wide: true },
                { label: 'Run ID', value: <code className="small break">{value.runId}</code>, wide: true },
              ]}
            />
          </section>
        )}
      </Loaded>
      <PageTabs
        label={t('workflow.history')}
        param="part"
        items={parts.map((key) => ({ key, label: t(`workflow.${key}`) }))}
      />
      <ProblemNotice error={history.error} onRetry={() => history.refetch()} />
      {part === 'timeline' ? (
        <ExecutionTimeline
          events={events}
          running={execution.data?.status === 'running'}
          caseId={execution.data?.caseId ?? null}
        />
      ) : (
        <RawHistory id={id} events={events} whole={!hasNextPage} />
      )}
      {hasNextPage && read >= PAGES && (
        <Button loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </>
  );
}
