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
