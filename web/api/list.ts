import { type QueryKey, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { isConnected } from '../live/standing.ts';
import { get, query } from './call.ts';
import { asProblem } from './problem.ts';

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

/** The longest page the API gives; lists of an organisation (units, persons of a unit, seats) fit in one. */
export const WHOLE = 200;

/** Milliseconds after which what is kept up to date by the stream of events is read again all the same. */
const SLOW = 60_000;

type Asked = { readonly state: { readonly error: unknown } };

/** Reads again every `every` milliseconds, but not what was refused: it would be refused, and audited, again. */
const unlessRefused =
  (every: number) =>
  ({ state }: Asked): number | false =>
    state.error && !asProblem(state.error).retryable ? false : every;

/**
 * Reads again every `every` milliseconds while no stream tells what changed, and slowly while one does; not what was
 * refused.
 */
export const whileGiven =
  (every: number) =>
  (asked: Asked): number | false =>
    unlessRefused(isConnected() ? Math.max(every, SLOW) : every)(asked);

/** One value of the API, read again every `every` milliseconds where that is given. Nothing is asked while `path` is null. */
export function useOne<T>(queryKey: QueryKey, path: string | null, every?: number) {
  return useQuery<T>({
    queryKey,
    queryFn: path === null ? skipToken : ({ signal }) => get<T>(path, signal),
    ...(every ? { refetchInterval: whileGiven(every) } : {}),
  });
}

/** One value that no stream tells of (what the engine and the servers do), read again every `every` milliseconds. */
export const useWatched = <T>(queryKey: QueryKey, path: string | null, every: number) =>
  useQuery<T>({
    queryKey,
    queryFn: path === null ? skipToken : ({ signal }) => get<T>(path, signal),
    refetchInterval: unlessRefused(every),
  });

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
    ...(every ? { refetchInterval: whileGiven(every) } : {}),
  });
}

/** A list of the API by what stands in its address, page by page. */
export const useListed = <T>(
  queryKey: QueryKey,
  path: string,
  asked: Readonly<Record<string, string | undefined>> = {},
) => usePages<T>([...queryKey, asked], (cursor, signal) => get(`${path}${query({ ...asked, cursor })}`, signal));
