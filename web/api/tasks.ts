import { useQuery } from '@tanstack/react-query';
import type { Box, InboxRow, TaskView } from '../../api/contract/tasks.ts';
import { get, query } from './call.ts';
import { type Page, useOne, usePages } from './list.ts';

/** The inbox is read again every few seconds. */
export const useInbox = (box: Box) =>
  usePages<InboxRow>(
    ['inbox', box],
    (cursor, signal) => get<Page<InboxRow>>(`/tasks${query({ box, cursor, limit: 30 })}`, signal),
    5_000,
  );

export const useTask = (id: string) => useOne<TaskView>(['task', id], `/tasks/${id}`, 5_000);

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
