/**
 * What the workflow of a bulk vote shares with those who start, ring and read it. It is started and rung as a case's is
 * (`contracts/case.ts`), with the bulk vote's id where a case has its own. Names are strings on the wire: never rename one.
 */

/** The workflow's name; the execution of a bulk vote has the id `bulkVote:<id>`. */
export const BULK_VOTE = 'bulkVote';

/** What the execution ends with once every item is decided or refused. */
export const BULK_VOTE_FINISHED = 'finished';

/** What the workflow asks of the facts; implemented in `activities/bulkVote.ts`. */
export type BulkVoteActivities = {
  /** Casts the next page of a bulk vote's votes, each by itself. Idempotent. @returns whether every item is decided or refused */
  castVotes(input: { readonly bulkVoteId: string }): Promise<{ readonly over: boolean }>;
};
