import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { WorkflowView } from '../../api/contract/workflows.ts';
import { useAttention } from '../api/administration.ts';
import { get, query } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { AttentionList, EngineLink } from '../components/admin/AttentionList.tsx';
import { Empty } from '../components/Empty.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { durationText, momentText } from '../format.ts';
import { lifecycles } from '../lifecycles.ts';
import '../styles/administration.css';
import { statePrefix } from '../stateWord.ts';
import { useWords } from '../words.ts';

const parts = ['attention', 'all'] as const;
const statuses = ['running', 'completed', 'failed', 'terminated', 'timedOut', 'canceled'] as const;
/** Ages one asks for, in days. */
const ages = [1, 7, 30, 90] as const;
const DAY_MS = 86_400_000;

/** Executions for the system administrator: first what needs attention, then all of them by kind, state and age. */
export default function Workflows() {
  const { t } = useWords();
  const part = usePageTab('part', parts);
  const attention = useAttention();
  return (
    <>
      <PageHead title={t('nav.workflows')} />
      <PageTabs
        label={t('nav.workflows')}
        param="part"
        items={parts.map((key) => ({
          key,
          label:
            key === 'attention' && attention.data
              ? `${t('workflows.attention')} (${attention.data.items.length})`
              : t(`workflows.${key}`),
        }))}
      />
      {part === 'attention' ? (
        <Loaded query={attention}>{(value) => <AttentionList value={value} opens />}</Loaded>
      ) : (
        <AllExecutions />
      )}
    </>
  );
}

/** The list is Temporal's own; the filters stand in the page's address, so that a view can be kept. */
function AllExecutions() {
  const { t, named } = useWords();
  const [search, setSearch] = useSearchParams();
  const attention = useAttention();
  const [now] = useState(Date.now);
  const given = (name: string) => search.get(name) ?? undefined;
  const filter = { status: given('status'), process: given('process'), state: given('state') };
  const olderThan = Number(given('olderThan') ?? 0);
  const startedBefore = olderThan > 0 ? new Date(now - olderThan * DAY_MS).toISOString() : undefined;
  const found = usePages<WorkflowView>(
    ['workflows', filter, olderThan],
    (cursor, signal) =>
      get<Page<WorkflowView>>(`/workflows${query({ ...filter, startedBefore, cursor, limit: 50 })}`, signal),
    10_000,
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const set = (name: string) => (value: string | number | undefined) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === undefined) after.delete(name);
        else after.set(name, String(value));
        return after;
      },
      { replace: true },
    );
  const states = [...new Set(Object.values(lifecycles).flatMap((lifecycle) => Object.keys(lifecycle.states)))];
  const choice = (name: string, label: string, options: readonly { value: string; label: string }[]) => (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ minWidth: 150 }}
      value={given(name)}
      options={[...options]}
      onChange={set(name)}
    />
  );
  return (
    <>
      {attention.data?.counts && (
        <ul className="tallies" aria-label={t('workflows.counts')}>
          {statuses
            .filter((status) => (attention.data?.counts?.[status] ?? 0) > 0 || status === 'running')
            .map((status) => (
              <li key={status}>
                <button
                  type="button"
                  aria-pressed={filter.status === status}
                  onClick={() => set('status')(filter.status === status ? undefined : status)}
                >
                  <strong className="figure">{attention.data?.counts?.[status] ?? 0}</strong>
                  <span>{named('workflow', status)}</span>
                </button>
              </li>
            ))}
        </ul>
      )}
      <search className="panel row">
        {choice(
          'process',
          t('word.kind'),
          [...Object.keys(lifecycles), 'account'].map((value) => ({ value, label: named('process', value) })),
        )}
        {choice(
          'status',
          t('word.status'),
          statuses.map((value) => ({ value, label: named('workflow', value) })),
        )}
        {choice(
          'state',
          t('workflow.caseState'),
          states.map((value) => ({ value, label: named('rec', value) })),
        )}
        {choice(
          'olderThan',
          t('workflows.age'),
          ages.map((days) => ({ value: String(days), label: t('workflows.olderThan', { days }) })),
        )}
      </search>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t('workflows.empty')} />}
      {items.length > 0 && (
        <section className="panel">
          <Sheet
            dense
            caption={t('nav.workflows')}
            rows={items}
            rowKey={(row) => row.runId}
            columns={[
              {
                title: t('word.case'),
                cell: (row) => (
                  <Link to={`/workflows/${encodeURIComponent(row.workflowId)}`}>
                    {row.caseNumber ?? row.workflowId}
                  </Link>
                ),
              },
              { title: t('word.kind'), cell: (row) => named('process', row.type) },
              {
                title: t('word.status'),
                cell: (row) => <span className={`chip ${toneOf(row.status)}`}>{named('workflow', row.status)}</span>,
              },
              {
                title: t('workflow.caseState'),
                cell: (row) => (row.caseState ? named(statePrefix(row.type), row.caseState) : '—'),
              },
              { title: t('workflow.started'), cell: (row) => momentText(row.startedAt) },
              {
                title: t('workflows.age'),
                cell: (row) =>
                  durationText(Date.parse(row.closedAt ?? new Date(now).toISOString()) - Date.parse(row.startedAt), t),
              },
              { title: t('workflow.events'), cell: (row) => row.historyLength, number: true },
              {
                title: 'Temporal',
                cell: (row) => attention.data && <EngineLink value={attention.data} execution={row} />,
              },
            ]}
          />
        </section>
      )}
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </>
  );
}

function toneOf(status: string): string {
  if (status === 'running') return 'brand';
  return status === 'completed' ? 'green' : 'red';
}
