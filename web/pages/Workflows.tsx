import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { WorkflowView } from '../../api/contract/workflows.ts';
import { get, query } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';

const statuses = ['running', 'completed', 'failed', 'terminated'] as const;

/** Temporal's executions, running and closed, for the system administrator. */
export default function Workflows() {
  const { t, named } = useWords();
  const [status, setStatus] = useState<string | undefined>();
  const found = usePages<WorkflowView>(
    ['workflows', status],
    (cursor, signal) => get<Page<WorkflowView>>(`/workflows${query({ status, cursor })}`, signal),
    10_000,
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('nav.workflows')}>
        <Select
          allowClear
          aria-label={t('word.status')}
          placeholder={t('word.status')}
          style={{ minWidth: 150 }}
          options={statuses.map((each) => ({ value: each, label: named('workflow', each) }))}
          onChange={setStatus}
        />
      </PageHead>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t('workflows.empty')} />}
      {items.length > 0 && (
        <section className="panel">
          <Sheet
            caption={t('nav.workflows')}
            rows={items}
            rowKey={(row) => row.runId}
            columns={[
              {
                title: t('workflow.execution'),
                cell: (row) => <Link to={`/workflows/${encodeURIComponent(row.workflowId)}`}>{row.workflowId}</Link>,
              },
              {
                title: t('word.status'),
                cell: (row) => (
                  <span
                    className={`chip ${row.status === 'failed' ? 'red' : row.status === 'running' ? 'brand' : 'green'}`}
                  >
                    {named('workflow', row.status)}
                  </span>
                ),
              },
              {
                title: t('word.case'),
                cell: (row) =>
                  row.caseId ? <Link to={`/cases/${row.caseId}`}>{row.caseNumber ?? row.caseId}</Link> : '—',
              },
              { title: t('workflow.started'), cell: (row) => momentText(row.startedAt) },
              { title: t('workflow.closed'), cell: (row) => momentText(row.closedAt) },
              { title: t('workflow.events'), cell: (row) => row.historyLength, number: true },
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
