import { CloseOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { AccountSort, AccountSummary } from '../../api/contract/accounts.ts';
import { call, download } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { useUnits } from '../api/organisation.ts';
import { Absent } from '../components/Absent.tsx';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PersonSelect } from '../components/PersonSelect.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { saveBlob } from '../files.ts';
import '../styles/registers.css';
import { useWords } from '../words.ts';

const UnattendedAccounts = lazy(() => import('../components/reassignment/UnattendedAccounts.tsx'));

const formats = ['xlsx', 'csv'] as const;
const states = ['active', 'intensified', 'vacant', 'terminated'] as const;
const sorts: readonly AccountSort[] = ['archiveNo', 'name', 'establishedOn'];
const chosenByCode = ['grade', 'managedBy', 'unitId', 'kind', 'managerId', 'state', 'regionCode', 'sort'] as const;

/**
 * The established key accounts. What is chosen by a code stands in the address, so that other pages can lead here; a name is asked by
 * POST and stands nowhere.
 */
export default function Accounts() {
  const { t, named, called } = useWords();
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const units = useUnits();
  const me = useMe().data;
  const [sort = 'archiveNo', order] = (search.get('sort') ?? 'archiveNo').split('-');
  const filter = {
    ...Object.fromEntries(
      chosenByCode.flatMap((name) => {
        const value = search.get(name);
        return value && name !== 'sort' ? [[name, value]] : [];
      }),
    ),
    ...(text ? { text } : {}),
    sort: sort as AccountSort,
    descending: order === 'desc',
  };
  const found = usePages<AccountSummary>(
    ['accounts', filter],
    async (cursor, signal) =>
      (
        await call<Page<AccountSummary>>('POST', '/accounts/search', {
          body: { ...filter, ...(cursor ? { cursor } : {}) },
          signal,
        })
      ).value,
  );
  const change = (name: (typeof chosenByCode)[number]) => (value?: string) => {
    const changed = new URLSearchParams(search);
    if (value) changed.set(name, value);
    else changed.delete(name);
    setSearch(changed, { replace: true });
  };
  const select = (name: (typeof chosenByCode)[number], label: string, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      value={search.get(name)}
      options={options}
      onChange={change(name)}
    />
  );
  const grades = ['company', 'branch'].map((grade) => ({ value: grade, label: named('grade', grade) }));
  const [regionCode, kind] = [search.get('regionCode'), search.get('kind')];
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('nav.accounts')}>
        <Dropdown
          trigger={['click']}
          disabled={items.length === 0}
          menu={{
            items: formats.map((format) => ({ key: format, label: t(`accounts.export.${format}`) })),
            onClick: ({ key: format }) => {
              setFailure(null);
              void download('/accounts/export', { ...filter, format })
                .then((file) => saveBlob(`accounts.${format}`, file))
                .catch(setFailure);
            },
          }}
        >
          <Button icon={<DownloadOutlined />} disabled={items.length === 0} aria-haspopup="menu">
            {t('accounts.export')}
          </Button>
        </Dropdown>
      </PageHead>
      {me && rolesOf(me).some((role) => role === 'office' || role === 'dataClerk') && (
        <Suspense fallback={null}>
          <UnattendedAccounts />
        </Suspense>
      )}
      <search className="panel row register-filters">
        <Input.Search
          allowClear
          aria-label={t('accounts.text')}
          placeholder={t('accounts.text')}
          onSearch={(given) => setText(given.trim())}
        />
        {select('grade', t('word.grade'), grades)}
        {select('managedBy', t('acc.managedBy'), grades)}
        {select(
          'unitId',
          t('word.unit'),
          (units.data?.items ?? []).map((unit) => ({ value: unit.id, label: called(unit) })),
        )}
        <PersonSelect
          allowClear
          label={t('role.accountManager')}
          {...(search.get('managerId') ? { value: search.get('managerId') ?? '' } : {})}
          onChange={change('managerId')}
        />
        {select(
          'state',
          t('word.status'),
          states.map((state) => ({ value: state, label: named('acc', state) })),
        )}
        <Select
          aria-label={t('accounts.sort')}
          value={`${sort}${order ? `-${order}` : ''}`}
          options={sorts.flatMap((each) => [
            { value: each, label: named('accounts.sort', each) },
            { value: `${each}-desc`, label: t('accounts.descending', { by: named('accounts.sort', each) }) },
          ])}
          onChange={change('sort')}
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
      </search>
      <ProblemNotice error={failure ?? found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t('accounts.empty')} />}
      {items.length > 0 && (
        <section className="panel">
          <Sheet
            caption={t('nav.accounts')}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              {
                title: t('f.client.name'),
                cell: (row) => (
                  <>
                    <Link to={`/accounts/${row.id}`}>{row.client.name}</Link>
                    <div className="small soft figure">{row.archiveNo}</div>
                  </>
                ),
              },
              { title: t('word.grade'), cell: (row) => named('grade', row.grade) },
              { title: t('acc.managedBy'), cell: (row) => named('grade', row.managedBy) },
              { title: t('unit.recommending'), cell: (row) => called(row.unit) },
              {
                title: t('role.accountManager'),
                cell: (row) => (
                  <span className="row">
                    {called(row.manager)}
                    {row.manager && <Absent personId={row.manager.id} />}
                  </span>
                ),
              },
              {
                title: t('word.status'),
                cell: (row) => (
                  <span className={`chip ${stateColours[row.state] ?? ''}`}>{named('acc', row.state)}</span>
                ),
              },
              { title: t('account.establishedOn'), cell: (row) => <span className="figure">{row.establishedOn}</span> },
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

const stateColours: Readonly<Record<string, string>> = {
  active: 'green',
  intensified: 'brand',
  vacant: 'amber',
  terminated: 'red',
};
