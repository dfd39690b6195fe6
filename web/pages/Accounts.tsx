import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AccountSummary } from '../../api/contract/accounts.ts';
import { get, query } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { useUnits } from '../api/organisation.ts';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { useWords } from '../words.ts';

type Filter = { readonly grade?: string | undefined; readonly unitId?: string | undefined };

/** The established key accounts. */
export default function Accounts() {
  const { t, named, called } = useWords();
  const [filter, setFilter] = useState<Filter>({});
  const units = useUnits();
  const found = usePages<AccountSummary>(['accounts', filter], (cursor, signal) =>
    get<Page<AccountSummary>>(`/accounts${query({ ...filter, cursor })}`, signal),
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('nav.accounts')}>
        <Select
          allowClear
          aria-label={t('word.grade')}
          placeholder={t('word.grade')}
          style={{ minWidth: 120 }}
          options={['company', 'branch'].map((grade) => ({ value: grade, label: named('grade', grade) }))}
          onChange={(grade?: string) => setFilter({ ...filter, grade })}
        />
        <Select
          allowClear
          aria-label={t('word.unit')}
          placeholder={t('word.unit')}
          style={{ minWidth: 140 }}
          options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: called(unit) }))}
          onChange={(unitId?: string) => setFilter({ ...filter, unitId })}
        />
      </PageHead>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t('accounts.empty')} />}
      <ul className="cards">
        {items.map((account) => (
          <li key={account.id}>
            <Link className="card" to={`/accounts/${account.id}`}>
              <span className="title">{account.client.name}</span>
              <span className="aside">
                <span className="chip green">{named('acc', account.state)}</span>
              </span>
              <span className="small soft row">
                <span className="figure">{account.archiveNo}</span>
                <span>{named('grade', account.grade)}</span>
                <span>{called(account.unit)}</span>
                <span>{t('accounts.manager', { name: called(account.manager) })}</span>
              </span>
              <span className="aside small soft">{account.establishedOn}</span>
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
