import type { BallotRule } from '../../domain/ballot.ts';
import type { Ballot, Step } from '../../prisma/generated/client.ts';

/** What of a case says whether a ballot's votes may be told. */
export type SealingContext = {
  readonly ballots: readonly Pick<Ballot, 'id' | 'continues' | 'status' | 'outcome' | 'rule' | 'step' | 'proof'>[];
  readonly steps: readonly Pick<Step, 'name' | 'outcome'>[];
  readonly isClosed: boolean;
};

/**
 * Whether all may know how each voted: at once in an open ballot; in a sealed one after closing, and where it found no quorum only once it
 * is certain that its votes will not count again in a ballot with substitutes. One that was ended without a result is never told (系统默认).
 */
export function isTold(ballot: SealingContext['ballots'][number], context: SealingContext): boolean {
  if (!(ballot.rule as unknown as BallotRule).sealed) return true;
  if (ballot.status !== 'closed') return false;
  // Without a proof it was ended before it came to anything: whoever ended it is not to learn who would have opposed.
  if (ballot.proof === null) return false;
  if (ballot.outcome !== 'inquorate' || context.isClosed) return true;
  const next = context.ballots.find((other) => other.continues === ballot.id);
  if (next) return isTold(next, context);
  const resolved = context.steps.filter((step) => step.name === `${ballot.step}.inquorate` && step.outcome !== null);
  return resolved.length > 0 && resolved.every((step) => step.outcome !== 'substitute');
}
