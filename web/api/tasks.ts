import { useQuery } from '@tanstack/react-query';
import type { Box, InboxCriteria, InboxRow, TaskView } from '../../api/contract/tasks.ts';
import { call, get, query } from './call.ts';
import { WHOLE_INBOX } from './early.ts';
import { type Page, useOne, usePages } from './list.ts';

/** What of a box fits, in an order. */
export type InboxSearch = Partial<InboxCriteria> & { readonly box: Box };

/** One page of what fits. Names go by POST, never into an address. */
export const searchInbox = async (search: InboxSearch, page: object, signal?: AbortSignal) =>
  (
    await call<Page<InboxRow>>('POST', '/tasks/search', {
      body: { ...search, ...page },
      ...(signal ? { signal } : {}),
    })
  ).value;

/** What is mine, not narrowed: its first page has an address of its own, which is asked for early. */
const isWhole = ({ box, ...criteria }: InboxSearch) => box === 'mine' && Object.keys(criteria).length === 0;

export const useInbox = (search: InboxSearch) =>
  usePages<InboxRow>(
    ['inbox', search],
    (cursor, signal) =>
      cursor === null && isWhole(search)
        ? get<Page<InboxRow>>(WHOLE_INBOX, signal)
        : searchInbox(search, { limit: 30, ...(cursor ? { cursor } : {}) }, signal),
    10_000,
  );

export const useTask = (id: string) => useOne<TaskView>(['task', id], `/tasks/${id}`, 10_000);

/** Another case whose ballot waits for the reader, the most urgent first; null where none does. */
export const useNextVote = (caseId: string, enabled: boolean) =>
  useQuery<InboxRow | null>({
    queryKey: ['inbox', 'vote', caseId],
    enabled,
    queryFn: async ({ signal }) => {
      const { items } = await get<Page<InboxRow>>(`/tasks${query({ box: 'mine', kind: 'vote', limit: 2 })}`, signal);
      return items.find((row) => row.case.id !== caseId) ?? null;
    },
  });
