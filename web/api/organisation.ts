import { useQuery } from '@tanstack/react-query';
import type { PersonView, SeatView, UnitView } from '../../api/contract/organisation.ts';
import { get, query } from './call.ts';
import { type Page, useOne, WHOLE } from './list.ts';

export const useUnits = () => useOne<Page<UnitView>>(['units'], '/units');
export const useSeats = () => useOne<Page<SeatView>>(['seats'], '/seats');

export type PersonFilter = { readonly unitId?: string; readonly role?: string };

/** Persons in office, of a unit or with a role; all pages of them. */
export function usePersons(filter: PersonFilter = {}, enabled = true) {
  return useQuery<readonly PersonView[]>({
    queryKey: ['persons', filter],
    enabled,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const persons: PersonView[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<PersonView> = await get(
          `/persons${query({ ...filter, active: true, limit: WHOLE, cursor })}`,
          signal,
        );
        persons.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return persons;
    },
  });
}
