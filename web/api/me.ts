import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me } from '../../api/contract/me.ts';
import { get, setCsrfToken } from './call.ts';
import { whileGiven } from './list.ts';
import { Problem } from './problem.ts';

export const meKey = ['me'] as const;

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions<Me | null>({
  queryKey: meKey,
  queryFn: async ({ signal }) => {
    try {
      const me = await get<Me>('/me', signal);
      setCsrfToken(me.csrfToken);
      return me;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
});

export function useMe() {
  return useQuery({ ...meQuery, refetchInterval: (query) => (query.state.data ? whileGiven(10_000)(query) : false) });
}

/** Whoever manages an account is its manager, though no assignment says so. */
export const rolesOf = (me: Me): readonly string[] => [
  ...me.roles.map(({ role }) => role),
  ...(me.seats.length > 0 ? ['committee'] : []),
  ...(me.managedAccounts > 0 ? ['accountManager'] : []),
];
