/**
 * The voting rule, whole: rule, roll, recusal, votes, count, closing and proof of a ballot. Beside it stand the choice
 * among options (choice.ts) and the recording of a held meeting (meeting.ts). Pure: no clock, no randomness, plain JSON.
 */
export * from './ballotProof.ts';
export * from './ballotRule.ts';
export * from './closing.ts';
export * from './recusal.ts';
export * from './roll.ts';
export * from './tally.ts';
export * from './vote.ts';
