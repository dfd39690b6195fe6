/** The agenda of an annual review (Article 10.3): what of it may be voted in one act, and what is decided singly (all 系统默认). */
import type { Question } from './choice.ts';

/** The most accounts one act may maintain: those of a whole campaign. */
export const BULK_VOTE_LIMIT = 1_000;

/** The states of a review in which a member may still have it decided singly. */
export const pullOutStates: readonly string[] = ['evaluating', 'regrading', 'deciding'];

/** What of a review says how it is decided. */
export type AgendaPlace = {
  readonly proposal: string | null;
  readonly pulledOut: boolean;
  readonly question: Pick<Question, 'finalists'> | null;
};

/**
 * Why a review is not voted in bulk, or null where it is. In one act accounts are maintained and nothing else: what is to be intensified or
 * terminated, what a member pulled out, and a second ballot are each looked at by themselves.
 */
export function singlyBecause({ proposal, pulledOut, question }: AgendaPlace): 'pulledOut' | 'decidedSingly' | null {
  if (pulledOut) return 'pulledOut';
  return proposal === 'maintain' && question !== null && question.finalists === null ? null : 'decidedSingly';
}
