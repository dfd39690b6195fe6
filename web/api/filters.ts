import type { FilteredList, SavedFilter } from '../../api/contract/filters.ts';
import { type Page, useOne } from './list.ts';

export const filtersKey = (list: FilteredList) => ['filters', list] as const;

/** The reader's own filters of a list, with how much fits each. */
export const useFilters = (list: FilteredList) =>
  useOne<Page<SavedFilter>>(filtersKey(list), `/filters?list=${list}`, 30_000);
