import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { CaseSummary } from '../../api/contract/cases.ts';
import { call } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { useUnits } from '../api/organisation.ts';
import { CaseCard } from '../components/CaseCard.tsx';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { statesToChoose } from '../lifecycles.ts';
import { useWords } from '../words.ts';

type Filter = { readonly text?: string; readonly states?: string[]; readonly unitId?: string; readonly open?: boolean };

/** Every case one may read. Names go by POST, never into an address. */
export default function Cases() {
  const { t, word, called } = useWords();
  const [filter, setFilter] = useState<Filter>({});
  const units = useUnits();
  const found = usePages<CaseSummary>(
    ['cases', filter],
    async (cursor, signal) =>
      (
        await call<Page<CaseSummary>>('POST', '/cases/search', {
          body: { ...filter, ...(cursor ? { cursor } : {}) },
          signal,
        })
      ).value,
  );
  const change = (name: keyof Filter, value: Filter[keyof Filter]) => {
    const { [name]: _, ...rest } = filter;
    const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    setFilter(empty ? rest : { ...rest, [name]: value });
  };
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('nav.cases')} />
      <search className="panel row">
        <Input.Search
          allowClear
          aria-label={t('cases.text')}
          placeholder={t('cases.text')}
          style={{ width: 260 }}
          onSearch={(text) => change('text', text.trim())}
        />
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          aria-label={t('cases.states')}
          placeholder={t('cases.states')}
          style={{ minWidth: 180 }}
          options={statesToChoose('recommendation').map(({ state, key }) => ({ value: state, label: word(key) }))}
          onChange={(states: string[]) => change('states', states)}
        />
        <Select
          allowClear
          aria-label={t('word.unit')}
          placeholder={t('word.unit')}
          style={{ minWidth: 150 }}
          options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: called(unit) }))}
          onChange={(unitId?: string) => change('unitId', unitId)}
        />
        <Select
          allowClear
          aria-label={t('cases.open')}
          placeholder={t('cases.open')}
          style={{ minWidth: 130 }}
          options={[
            { value: true, label: t('cases.running') },
            { value: false, label: t('cases.ended') },
          ]}
          onChange={(open?: boolean) => change('open', open)}
        />
      </search>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t('cases.empty')} />}
      <ul className="cards">
        {items.map((summary) => (
          <CaseCard key={summary.id} summary={summary} />
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
