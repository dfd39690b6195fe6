/** What one administrator alone may not do: he proposes it with a reason, another confirms or refuses. All of it is 系统默认, after Article 11. */

/** Hours within which a proposal is confirmed, or lapses. */
export const PROPOSAL_HOURS = 72;
export const expiryOf = (from: Date): Date => new Date(from.getTime() + PROPOSAL_HOURS * 3_600_000);

export type ProposalAnswer = 'confirm' | 'refuse' | 'withdraw';

/** Where a proposal stands, whatever it is about. */
export type Standing = {
  readonly open: boolean;
  readonly proposedBy: string;
  /** Whether he could still propose it: who was dismissed, or left, makes nobody anything. */
  readonly proposerHolds: boolean;
  /** The roles of which whoever confirms or refuses holds one. */
  readonly confirmers: readonly string[];
  /** The person it is about, who answers nothing of his own. */
  readonly concerned: string | null;
  readonly expiresAt: Date | null;
};

/** Why an open proposal can be confirmed no more. */
export type Lapse = 'expired' | 'overtaken';
export type AnswerRefusal = 'closed' | 'notProposer' | 'ownProposal' | 'ownAppointment' | 'notConfirmer' | Lapse;

export function lapseOf({ expiresAt, proposerHolds }: Standing, now: Date): Lapse | null {
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  return proposerHolds ? null : 'overtaken';
}

/**
 * The one guard of proposals: why somebody may not give an answer; null where he may. What lapsed can still be refused or taken back,
 * which tidies it away.
 */
export function answerRefusal(
  standing: Standing,
  { personId, roles }: { readonly personId: string; readonly roles: readonly string[] },
  answer: ProposalAnswer,
  now: Date,
): AnswerRefusal | null {
  if (!standing.open) return 'closed';
  if (answer === 'withdraw') return standing.proposedBy === personId ? null : 'notProposer';
  if (standing.proposedBy === personId) return 'ownProposal';
  if (standing.concerned === personId) return 'ownAppointment';
  if (!standing.confirmers.some((role) => roles.includes(role))) return 'notConfirmer';
  return answer === 'confirm' ? lapseOf(standing, now) : null;
}

const ANSWERS: readonly ProposalAnswer[] = ['confirm', 'refuse', 'withdraw'];

/** What somebody may answer now. */
export const answersOf = (
  standing: Standing,
  who: { readonly personId: string; readonly roles: readonly string[] },
  now: Date,
): ProposalAnswer[] => ANSWERS.filter((answer) => answerRefusal(standing, who, answer, now) === null);
