import { CloseOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { AccountSummary } from '../../api/contract/accounts.ts';
import { get, query } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { useUnits } from '../api/organisation.ts';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { useWords } from '../words.ts';

/** The established key accounts. What is chosen stands in the address, so that other pages can lead here. */
export default function Accounts() {
  const { t, named, called } = useWords();
  const [search, setSearch] = useSearchParams();
  const units = useUnits();
  const [grade, unitId, kind, regionCode] = ['grade', 'unitId', 'kind', 'regionCode'].map((name) => search.get(name));
  const filter = { grade, unitId, kind, regionCode };
  const found = usePages<AccountSummary>(['accounts', filter], (cursor, signal) =>
    get<Page<AccountSummary>>(`/accounts${query({ ...filter, cursor })}`, signal),
  );
  const change = (name: string) => (value?: string) => {
    const changed = new URLSearchParams(search);
    if (value) changed.set(name, value);
    else changed.delete(name);
    setSearch(changed, { replace: true });
  };
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('nav.accounts')}>
        <Select
          allowClear
          aria-label={t('word.grade')}
          placeholder={t('word.grade')}
          style={{ minWidth: 120 }}
          value={grade}
          options={['company', 'branch'].map((grade) => ({ value: grade, label: named('grade', grade) }))}
          onChange={change('grade')}
        />
        <Select
          allowClear
          aria-label={t('word.unit')}
          placeholder={t('word.unit')}
          style={{ minWidth: 140 }}
          value={unitId}
          options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: called(unit) }))}
          onChange={change('unitId')}
        />
        {regionCode && (
          <Button icon={<CloseOutlined />} iconPlacement="end" onClick={() => change('regionCode')()}>
            {t('accounts.region', { region: named('province', regionCode.slice(0, 2)) })}
          </Button>
        )}
        {kind && (
          <Button icon={<CloseOutlined />} iconPlacement="end" onClick={() => change('kind')()}>
            {named('holding', kind)}
          </Button>
        )}
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
