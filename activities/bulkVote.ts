import { castVotes } from '../cases/bulkVotes.ts';
import type { CaseDeps } from '../cases/deps.ts';
import type { BulkVoteActivities } from '../workflows/contracts/bulkVote.ts';

/** The bulk vote workflow's way to the facts. */
export function createBulkVoteActivities(deps: CaseDeps): BulkVoteActivities {
  return { castVotes: ({ bulkVoteId }) => castVotes(deps, bulkVoteId) };
}
