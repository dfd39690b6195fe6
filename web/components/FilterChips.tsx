import { SettingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { FilteredList, SavedFilter } from '../../api/contract/filters.ts';
import { useFilters } from '../api/filters.ts';
import '../styles/filters.css';
import { useWords } from '../words.ts';

const FilterManager = lazy(() => import('./FilterManager.tsx'));

type CriteriaOf<List extends FilteredList> = Extract<SavedFilter, { readonly list: List }>['criteria'];

type Props<List extends FilteredList> = {
  readonly list: List;
  /** What the list is narrowed to now. */
  readonly criteria: object;
  readonly onApply: (criteria: CriteriaOf<List>) => void;
};

/** The most that is counted; more is told as so many and more. */
const MOST = 100;

/** What a list opened with in this visit, so that it is not taken back when one returns to it. */
const opened = new Set<string>();

/** The reader's own filters of a list, each with how much fits it, and the way to keep the present one. */
export function FilterChips<List extends FilteredList>({ list, criteria, onApply }: Props<List>) {
  const { t } = useWords();
  const [managing, setManaging] = useState(false);
  const filters = useFilters(list);
  const items = filters.data?.items ?? [];
  const apply = useRef(onApply);
  apply.current = onApply;
  useEffect(() => {
    const first = filters.data?.items.find(({ isDefault }) => isDefault);
    if (!filters.data || opened.has(list)) return;
    opened.add(list);
    if (first && !window.location.search) apply.current(first.criteria as CriteriaOf<List>);
  }, [filters.data, list]);
  if (!filters.data) return null;
  return (
    <div className="filter-chips">
      {items.length > 0 && (
        <ul aria-label={t('filter.own')}>
          {items.map((filter) => (
            <li key={filter.id}>
              <button
                type="button"
                aria-pressed={isSame(list, filter.criteria, criteria)}
                onClick={() => onApply(filter.criteria as CriteriaOf<List>)}
              >
                {filter.name} <span className="figure">{filter.count >= MOST ? `${MOST - 1}+` : filter.count}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button type="text" size="small" icon={<SettingOutlined />} onClick={() => setManaging(true)}>
        {t('filter.manage')}
      </Button>
      <Suspense fallback={null}>
        {managing && <FilterManager list={list} items={items} criteria={criteria} onClose={() => setManaging(false)} />}
      </Suspense>
    </div>
  );
}

/** What stands for itself in criteria that do not say it. */
const unsaid = { inbox: { box: 'mine', sort: 'due' }, cases: {} } as const satisfies Record<FilteredList, object>;

function isSame(list: FilteredList, one: object, other: object): boolean {
  const text = (criteria: object) =>
    JSON.stringify(Object.entries({ ...unsaid[list], ...criteria }).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(one) === text(other);
}
