import type { BallotView } from '../../api/contract/ballots.ts';
import type { WordKey } from '../words.ts';

/** What stands for a seat without a vote: of a recorded meeting everybody who was there has one, so it was absent. */
export function silenceWord({ status, mode }: Pick<BallotView, 'status' | 'mode'>): WordKey {
  if (status === 'open') return 'ballot.notYet';
  return mode === 'meeting' ? 'mark.absent' : 'ballot.silent';
}
