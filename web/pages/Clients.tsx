import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ClientSummary } from '../../api/contract/clients.ts';
import { call } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** The register of clients: established ones, found by any name they have or had, or by a code. */
export default function Clients() {
  const { t, named } = useWords();
  const [text, setText] = useState('');
  const found = usePages<ClientSummary>(
    ['clients', text],
    async (cursor, signal) =>
      (
        await call<Page<ClientSummary>>('POST', '/clients/search', {
          body: { ...(text ? { text } : {}), ...(cursor ? { cursor } : {}) },
          signal,
        })
      ).value,
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('nav.clients')} />
      <search className="panel row register-filters">
        <Input.Search
          allowClear
          aria-label={t('clients.text')}
          placeholder={t('clients.text')}
          onSearch={(given) => setText(given.trim())}
        />
        <span className="small soft">{t('clients.about')}</span>
      </search>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t(text ? 'clients.noneFound' : 'clients.empty')} />}
      <ul className="cards">
        {items.map((client) => (
          <li key={client.id}>
            <Link className="card" to={`/clients/${client.id}`}>
              <span className="title">{client.name}</span>
              <span className="aside">
                {client.accountState && <span className="chip green">{named('acc', client.accountState)}</span>}
              </span>
              <span className="small soft row">
                <span className="figure">{client.code ?? t('clients.noCode')}</span>
                <span>{t('clients.entities', { count: client.entities })}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </>
  );
}
