import { type QueryKey, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';

const keptKey = (key: QueryKey): QueryKey => ['kept', ...key];

/** What a page keeps while one is elsewhere. It lies with what was read, and is forgotten with it when one signs out. */
export function useKept<T>(key: QueryKey, initial: T): readonly [T, (value: T) => void] {
  const client = useQueryClient();
  const kept = useQuery<T>({ queryKey: keptKey(key), queryFn: skipToken, gcTime: Number.POSITIVE_INFINITY });
  return [kept.data ?? initial, (value) => client.setQueryData(keptKey(key), value)];
}

/** Sets what another place of the page keeps. */
export function useKeeping(): <T>(key: QueryKey, value: T) => void {
  const client = useQueryClient();
  return (key, value) => client.setQueryData(keptKey(key), value);
}
