import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AuditEntryView } from '../../api/contract/audit.ts';
import { get, query } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { ChainCheck } from '../components/ChainCheck.tsx';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';

/** The audit trail, latest first, and each chain computed again on demand, for the auditor. */
export default function Audit() {
  const { t, named, called } = useWords();
  const [filter, setFilter] = useState<{ stream?: string; act?: string }>({});
  const [stream, setStream] = useState<string | null>(null);
  const found = usePages<AuditEntryView>(['audit', filter], (cursor, signal) =>
    get<Page<AuditEntryView>>(`/audit${query({ ...filter, cursor })}`, signal),
  );
  /** Most acts are facts of a case, with the action a person took: `decided.nominate`; the others have names of their own. */
  const actOf = (act: string) => {
    const [kind = '', action] = act.split('.');
    if (named('fact', kind) === kind) return named('audit.act', act);
    return [named('fact', kind), action && named('act', action)].filter(Boolean).join(' · ');
  };
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const search = (name: 'stream' | 'act') => (text: string) => setFilter({ ...filter, [name]: text.trim() });
  return (
    <>
      <PageHead title={t('nav.audit')} />
      <search className="panel row">
        <Input.Search
          allowClear
          aria-label={t('audit.stream')}
          placeholder={t('audit.stream')}
          style={{ width: 280 }}
          onSearch={search('stream')}
        />
        <Input.Search
          allowClear
          aria-label={t('audit.act')}
          placeholder={t('audit.act')}
          style={{ width: 220 }}
          onSearch={search('act')}
        />
      </search>
      {stream && <ChainCheck stream={stream} />}
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t('audit.empty')} />}
      {items.length > 0 && (
        <section className="panel">
          <Sheet
            caption={t('nav.audit')}
            rows={items}
            rowKey={(row) => `${row.stream}/${row.seq}`}
            columns={[
              { title: t('word.at'), cell: (row) => momentText(row.at) },
              { title: t('audit.act'), cell: (row) => actOf(row.act) },
              {
                title: t('audit.actor'),
                cell: (row) => (
                  <>
                    {called(row.actor)}
                    {row.onBehalfOf && ` ${t('task.onBehalfOf', { name: called(row.onBehalfOf) })}`}
                  </>
                ),
              },
              {
                title: t('word.case'),
                cell: (row) => (row.caseId ? <Link to={`/cases/${row.caseId}`}>{t('do.open')}</Link> : '—'),
              },
              {
                title: t('audit.codes'),
                cell: (row) => <code className="small break">{JSON.stringify(row.codes)}</code>,
              },
              {
                title: t('audit.stream'),
                cell: (row) => (
                  <Button
                    size="small"
                    onClick={() => setStream(row.stream)}
                    aria-label={t('audit.verifyOf', { stream: row.stream })}
                  >
                    {t('audit.verify')} #{row.seq}
                  </Button>
                ),
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
