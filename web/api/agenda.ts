import { useQuery } from '@tanstack/react-query';
import type { AgendaItem, BulkVoteView } from '../../api/contract/agenda.ts';
import { get } from './call.ts';
import { type Page, useOne } from './list.ts';
import { asProblem } from './problem.ts';

const EVERY = 10_000;
const WHILE_RUNNING = 1_000;

export const agendaKey = ['agenda'] as const;

export const useAgenda = (year: string) =>
  useOne<Page<AgendaItem>>([...agendaKey, year], `/campaigns/${year}/agenda`, EVERY);

/** A bulk vote, read again and again until it is finished. */
export const useBulkVote = (id: string) =>
  useQuery<BulkVoteView>({
    queryKey: ['bulkVote', id],
    queryFn: ({ signal }) => get<BulkVoteView>(`/bulk-votes/${id}`, signal),
    refetchInterval: ({ state: { data, error } }) => {
      if (error && !asProblem(error).retryable) return false;
      return data?.state === 'finished' ? false : WHILE_RUNNING;
    },
  });
