import { CloseOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CaseCriteria, CaseSummary } from '../../api/contract/cases.ts';
import { call } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { useUnits } from '../api/organisation.ts';
import { CaseCard } from '../components/CaseCard.tsx';
import { Empty } from '../components/Empty.tsx';
import { FilterChips } from '../components/FilterChips.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { statesToChoose } from '../lifecycles.ts';
import { useWords } from '../words.ts';

/** Every case one may read. What is chosen stands in the address, so that other pages can lead here; names go by POST, never into an address. */
export default function Cases() {
  const { t, word, called } = useWords();
  const [text, setText] = useState('');
  const [search, setSearch] = useSearchParams();
  const units = useUnits();
  const states = search.getAll('state');
  const [unitId, waitsFor, open] = ['unitId', 'waitsFor', 'open'].map((name) => search.get(name) ?? undefined);
  const filter = {
    ...(text ? { text } : {}),
    ...(states.length > 0 ? { states } : {}),
    ...(unitId ? { unitId } : {}),
    ...(waitsFor ? { waitsFor } : {}),
    ...(open ? { open: open === 'true' } : {}),
  };
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
  const change = (name: string, values: readonly string[]) => {
    const changed = new URLSearchParams(search);
    changed.delete(name);
    for (const value of values) changed.append(name, value);
    setSearch(changed, { replace: true });
  };
  const one = (name: string) => (value?: string) => change(name, value ? [value] : []);
  const apply = ({
    text: kept = '',
    states: chosen = [],
    unitId: unit,
    waitsFor: waits,
    open: running,
  }: CaseCriteria) => {
    setText(kept);
    const all: readonly (readonly [string, string | undefined])[] = [
      ...chosen.map((state) => ['state', state] as const),
      ['unitId', unit],
      ['waitsFor', waits],
      ['open', running?.toString()],
    ];
    setSearch(new URLSearchParams(all.filter((each): each is [string, string] => each[1] !== undefined)), {
      replace: true,
    });
  };
  const unitOf = (id: string) => units.data?.items.find((unit) => unit.id === id);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('nav.cases')} />
      <search className="panel row">
        <Input.Search
          key={text}
          defaultValue={text}
          allowClear
          aria-label={t('cases.text')}
          placeholder={t('cases.text')}
          style={{ width: 260 }}
          onSearch={(value) => setText(value.trim())}
        />
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          aria-label={t('cases.states')}
          placeholder={t('cases.states')}
          style={{ minWidth: 180 }}
          value={states}
          options={statesToChoose('recommendation').map(({ state, key }) => ({ value: state, label: word(key) }))}
          onChange={(chosen: string[]) => change('state', chosen)}
        />
        <Select
          allowClear
          aria-label={t('word.unit')}
          placeholder={t('word.unit')}
          style={{ minWidth: 150 }}
          value={unitId ?? null}
          options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: called(unit) }))}
          onChange={one('unitId')}
        />
        <Select
          allowClear
          aria-label={t('cases.open')}
          placeholder={t('cases.open')}
          style={{ minWidth: 130 }}
          value={open ?? null}
          options={[
            { value: 'true', label: t('cases.running') },
            { value: 'false', label: t('cases.ended') },
          ]}
          onChange={one('open')}
        />
        {waitsFor && (
          <Button size="small" icon={<CloseOutlined />} iconPlacement="end" onClick={() => change('waitsFor', [])}>
            {t('cases.waitsFor', { who: waitsFor === 'committee' ? t('dash.committee') : called(unitOf(waitsFor)) })}
          </Button>
        )}
        <FilterChips list="cases" criteria={filter} onApply={apply} />
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
