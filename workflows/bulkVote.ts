import { proxyActivities } from '@temporalio/workflow';
import { BULK_VOTE_FINISHED, type BulkVoteActivities } from './contracts/bulkVote.ts';
import type { CaseStart } from './contracts/case.ts';

const { castVotes } = proxyActivities<BulkVoteActivities>({
  startToCloseTimeout: '60 seconds',
  // While the database is away for days the history must not grow by every attempt.
  retry: { maximumInterval: '1 minute' },
});

/** A member maintains many accounts in one act (Article 10.3): vote by vote, each decided and on record by itself. */
export async function bulkVote({ caseId: bulkVoteId }: CaseStart): Promise<string> {
  for (;;) {
    const { over } = await castVotes({ bulkVoteId });
    if (over) return BULK_VOTE_FINISHED;
  }
}
