import type { InboxRow } from '../api/contract/tasks.ts';
import { addDays, endOfDay, localDay } from '../domain/calendar.ts';

export type Grouping = 'due' | 'kind' | 'none';
/** Rows under one heading: a deadline's, or a kind of task's; the heading is empty where nothing is grouped. */
export type Group = { readonly heading: string; readonly rows: readonly InboxRow[] };

/** Rows in groups, which stand in the order of their first rows; within each the order stays. */
export function groupsOf(rows: readonly InboxRow[], grouping: Grouping, now: number): readonly Group[] {
  const groups = Map.groupBy(rows, (row) => headingOf(row, grouping, now));
  return [...groups].map(([heading, grouped]) => ({ heading, rows: grouped }));
}

function headingOf({ task }: InboxRow, grouping: Grouping, now: number): string {
  if (grouping === 'none' || !task) return '';
  if (grouping === 'kind') return task.kind;
  if (task.dueAt === null) return 'none';
  const due = Date.parse(task.dueAt);
  const today = localDay(now);
  if (due <= now) return 'overdue';
  if (due <= endOfDay(today)) return 'today';
  return due <= endOfDay(addDays(today, 7)) ? 'week' : 'later';
}
