import { App, AutoComplete, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AuditEntryView, AuditSearch } from '../../api/contract/audit.ts';
import { useAuditHead } from '../api/administration.ts';
import { call, download } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { useAuditWords } from '../components/admin/auditWords.ts';
import { ChainVerifier, HeadCheck } from '../components/admin/ChainVerifier.tsx';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { PersonSelect } from '../components/PersonSelect.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { saveBlob, saveFile } from '../files.ts';
import { momentText } from '../format.ts';
import { useNarrow } from '../narrow.ts';
import '../styles/administration.css';
import { useWords } from '../words.ts';

const parts = ['all', 'denials', 'heads'] as const;
type Filter = Omit<AuditSearch, 'denials'>;

/** The audit trail for the auditor: searched, read in words, computed again in the browser, exported. */
export default function Audit() {
  const { t } = useWords();
  const part = usePageTab('part', parts);
  const [filter, setFilter] = useState<Filter>({});
  const [stream, setStream] = useState<string | null>(null);
  const search: AuditSearch = part === 'denials' ? { ...filter, denials: true } : filter;
  return (
    <>
      <PageHead title={t('nav.audit')}>{part !== 'heads' && <Export search={search} />}</PageHead>
      <PageTabs label={t('nav.audit')} param="part" items={parts.map((key) => ({ key, label: t(`audit.${key}`) }))} />
      {part === 'heads' ? (
        <Heads />
      ) : (
        <>
          <Search onSearch={setFilter} />
          {stream && <ChainVerifier stream={stream} onClose={() => setStream(null)} />}
          <Entries search={search} onVerify={setStream} />
        </>
      )}
    </>
  );
}

type Values = { actorId?: string; act?: string; caseNumber?: string; stream?: string; from?: string; to?: string };

/** Names are searched by POST: nothing of it stands in an address. Days are days at Asia/Shanghai. */
function Search({ onSearch }: { readonly onSearch: (filter: Filter) => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const { actOf, acts } = useAuditWords();
  const chosen = Form.useWatch('act', form)?.trim();
  const narrow = useNarrow();
  const finish = (values: Values) => {
    const { from, to, ...rest } = Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
    ) as Values;
    onSearch({
      ...rest,
      ...(from ? { from: `${from}T00:00:00+08:00` } : {}),
      ...(to ? { to: new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000).toISOString() } : {}),
    });
  };
  const fields = (
    <Form form={form} name="audit" layout="vertical" onFinish={finish}>
      <div className="grid">
        <Form.Item name="actorId" label={t('audit.actor')}>
          <PersonSelect />
        </Form.Item>
        <Form.Item
          name="act"
          label={t('audit.act')}
          extra={chosen && actOf(chosen) !== chosen ? actOf(chosen) : t('audit.actHint')}
        >
          <AutoComplete
            allowClear
            maxLength={100}
            options={[...acts]}
            showSearch={{
              filterOption: (typed, option) => option?.label.toLowerCase().includes(typed.toLowerCase()) ?? false,
            }}
          />
        </Form.Item>
        <Form.Item name="caseNumber" label={t('audit.caseNumber')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="stream" label={t('audit.stream')}>
          <Input placeholder="day:2026-11-27" maxLength={100} />
        </Form.Item>
        <Form.Item name="from" label={t('audit.from')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label={t('audit.to')}>
          <Input type="date" />
        </Form.Item>
      </div>
      <div className="row">
        <Button type="primary" htmlType="submit">
          {t('audit.search')}
        </Button>
        <Button
          onClick={() => {
            form.resetFields();
            onSearch({});
          }}
        >
          {t('audit.clear')}
        </Button>
      </div>
    </Form>
  );
  return (
    <search className="panel">
      {narrow ? (
        <details>
          <summary className="summary-link">{t('audit.filters')}</summary>
          {fields}
        </details>
      ) : (
        fields
      )}
    </search>
  );
}

function Entries({ search, onVerify }: { readonly search: AuditSearch; readonly onVerify: (stream: string) => void }) {
  const { t } = useWords();
  const { actOf, actorOf, detailOf } = useAuditWords();
  const found = usePages<AuditEntryView>(
    ['audit', search],
    async (cursor, signal) =>
      (
        await call<Page<AuditEntryView>>('POST', '/audit/search', {
          body: { ...search, ...(cursor ? { cursor } : {}) },
          signal,
        })
      ).value,
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t(search.denials ? 'audit.noDenials' : 'audit.empty')} />}
      {items.length > 0 && (
        <section className="panel">
          <Sheet
            dense
            caption={t('nav.audit')}
            rows={items}
            rowKey={(row) => `${row.stream}/${row.seq}`}
            columns={[
              {
                title: t('audit.act'),
                cell: (row) => (
                  <>
                    <strong>{actOf(row.act)}</strong> <span className="soft">{detailOf(row)}</span>
                  </>
                ),
              },
              { title: t('word.at'), cell: (row) => momentText(row.at) },
              { title: t('audit.actor'), cell: actorOf },
              {
                title: t('word.case'),
                cell: (row) =>
                  row.caseId ? <Link to={`/cases/${row.caseId}`}>{row.caseNumber ?? t('do.open')}</Link> : '—',
              },
              {
                title: t('audit.raw'),
                cell: (row) => (
                  <details>
                    <summary>{t('audit.show')}</summary>
                    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
                    <pre className="raw" tabIndex={0}>
                      {JSON.stringify(
                        { stream: row.stream, seq: row.seq, act: row.act, codes: row.codes, hash: row.hash },
                        null,
                        2,
                      )}
                    </pre>
                  </details>
                ),
              },
              {
                title: t('audit.verify'),
                cell: (row) => (
                  <Button
                    size="small"
                    aria-label={t('audit.verifyOf', { stream: row.stream })}
                    onClick={() => onVerify(row.stream)}
                  >
                    {t('audit.verify')}
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

/** Saves what the search finds; that it was exported is itself put on record. */
function Export({ search }: { readonly search: AuditSearch }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [busy, setBusy] = useState<string | null>(null);
  async function save(format: 'jsonl' | 'csv'): Promise<void> {
    setBusy(format);
    try {
      saveBlob(`audit.${format}`, await download('/audit/export', { ...search, format }));
      message.success(t('audit.exported'));
    } catch (error) {
      message.error(error instanceof Error ? error.message : t('problem.unknown'));
    } finally {
      setBusy(null);
    }
  }
  return (
    <span className="row">
      {(['jsonl', 'csv'] as const).map((format) => (
        <Button key={format} loading={busy === format} onClick={() => save(format)}>
          {t(`audit.export.${format}`)}
        </Button>
      ))}
    </span>
  );
}

/** The sealed head: to be kept outside the system, and to be compared later with what was kept. */
function Heads() {
  const { t } = useWords();
  const head = useAuditHead();
  return (
    <section className="panel stack" aria-label={t('audit.heads')}>
      <p>{t('head.about')}</p>
      {head.data && (
        <div className="row">
          <span>{t('head.last', { id: head.data.id, at: momentText(head.data.at) })}</span>
          <code className="small break">{head.data.hash}</code>
          <Button
            onClick={() =>
              saveFile(`head-${head.data?.id}.json`, 'application/json', JSON.stringify(head.data, null, 2))
            }
          >
            {t('head.save')}
          </Button>
        </div>
      )}
      {head.data === null && <p className="soft">{t('head.none')}</p>}
      <HeadCheck />
      <p className="small soft">
        <code>npm run verify -- --against head.json</code>
        <br />
        <code>npm run verify -- --export audit.jsonl</code>
      </p>
    </section>
  );
}
