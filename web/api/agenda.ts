import { useQuery } from '@tanstack/react-query';
import type { AgendaItem, BulkVoteSummary, BulkVoteView } from '../../api/contract/agenda.ts';
import { get } from './call.ts';
import { type Page, useOne } from './list.ts';
import { asProblem } from './problem.ts';

const EVERY = 10_000;
const WHILE_RUNNING = 1_000;

export const agendaKey = ['agenda'] as const;

export const useAgenda = (year: string) =>
  useOne<Page<AgendaItem>>([...agendaKey, year], `/campaigns/${year}/agenda`, EVERY);

/** One's own bulk votes, the latest first; read again with the agenda. */
export const useOwnBulkVotes = (year: string) =>
  useOne<Page<BulkVoteSummary>>([...agendaKey, 'bulkVotes', year], `/campaigns/${year}/bulk-votes`);

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
