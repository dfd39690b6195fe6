import { tally } from '../../domain/ballot.ts';
import { isChoice, type Proof } from '../../domain/choice.ts';

import type { Ballot } from '../../prisma/generated/client.ts';
import { isTold, type SealingContext } from './sealing.ts';

type Counts = { readonly for: number | null; readonly against: number | null; readonly abstain: number | null };

/** How many voted for, against and abstained, where that may be told; nothing of a choice among options. */
export function toldCounts(ballot: Ballot, sealing: SealingContext): Counts {
  const proof = isTold(ballot, sealing) ? (ballot.proof as unknown as Proof | null) : null;
  if (!proof || isChoice(proof)) return { for: null, against: null, abstain: null };
  const counted = tally(proof.rule, proof.roll, proof.votes);
  return { for: counted.for, against: counted.against, abstain: counted.abstain };
}
