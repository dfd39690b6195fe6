/** What the worker bundles: one export a process, named as its contract names it. */
export { account } from './account.ts';
export { allocation } from './allocation.ts';
export { annualReview, annualReviewStarter } from './annualReview.ts';
export { breach } from './breach.ts';
export { bulkVote } from './bulkVote.ts';
export { coHolder } from './coHolder.ts';
export { exit } from './exit.ts';
export { membership } from './membership.ts';
export { publication, publicationStarter } from './publication.ts';
export { reassignment } from './reassignment.ts';
export { recommendation } from './recommendation.ts';
export { relisting } from './relisting.ts';
export { review } from './review.ts';
export { suggestion } from './suggestion.ts';
