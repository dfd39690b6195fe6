import { type QueryKey, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from './call.ts';

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

/** The longest page the API gives; lists of an organisation (units, persons of a unit, seats) fit in one. */
export const WHOLE = 200;

/** One value of the API, read again every `every` milliseconds where that is given. */
export function useOne<T>(queryKey: QueryKey, path: string | null, every?: number) {
  return useQuery<T>({
    queryKey,
    queryFn: ({ signal }) => get<T>(path ?? '', signal),
    enabled: path !== null,
    ...(every ? { refetchInterval: every } : {}),
  });
}

/** A list of the API that goes on page by page. `page` asks for the page after a cursor. */
export function usePages<T>(
  queryKey: QueryKey,
  page: (cursor: string | null, signal: AbortSignal) => Promise<Page<T>>,
  every?: number,
) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    ...(every ? { refetchInterval: every } : {}),
  });
}
