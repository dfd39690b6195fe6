import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import type { BallotView } from '../../api/contract/ballots.ts';
import type {
  AttachmentView,
  CaseView,
  CommentView,
  EarlierDecision,
  TimelineEntry,
} from '../../api/contract/cases.ts';
import { get, query } from './call.ts';
import { type Page, useOne, WHOLE } from './list.ts';

/** Everything read about one case; a decision on it makes all of it be read again. */
export const caseKey = (id: string): QueryKey => ['case', id];

/** What a decision on a case may change for the person: the case itself, the inbox and the counts. */
export const afterDecision = (caseId: string): readonly QueryKey[] => [caseKey(caseId), ['inbox'], ['task'], ['me']];

const EVERY = 10_000;

export const useCase = (id: string) => useOne<CaseView>([...caseKey(id), 'view'], `/cases/${id}`, EVERY);

/** The facts in order, all of them; read again when the case has a new one. */
export const useTimeline = (id: string, seq: number) =>
  useQuery<readonly TimelineEntry[]>({
    queryKey: [...caseKey(id), 'timeline', seq],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const facts: TimelineEntry[] = [];
      for (;;) {
        const after = facts.at(-1)?.seq ?? 0;
        const page = await get<Page<TimelineEntry>>(`/cases/${id}/timeline${query({ after, limit: WHOLE })}`, signal);
        facts.push(...page.items);
        if (page.nextCursor === null || page.items.length === 0) return facts;
      }
    },
  });

export const useBallots = (id: string, every = true) =>
  useOne<Page<BallotView>>([...caseKey(id), 'ballots'], `/cases/${id}/ballots`, every ? EVERY : undefined);
export const useEarlier = (id: string) =>
  useOne<Page<EarlierDecision>>([...caseKey(id), 'earlier'], `/cases/${id}/earlier`);
export const useComments = (id: string) =>
  useOne<Page<CommentView>>([...caseKey(id), 'comments'], `/cases/${id}/comments`, EVERY * 2);
export const useAttachments = (id: string) =>
  useOne<Page<AttachmentView>>([...caseKey(id), 'attachments'], `/cases/${id}/attachments`);
