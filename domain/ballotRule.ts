/**
 * The rule a ballot is held under. The Measures name the committee's acts (articles 4.6, 7.1) and no number at all:
 * every value here is an assumption 系统默认, kept in the versioned policy record; a case keeps the version it began with.
 */

/** 审定 / 批准 / 批准客户经理: the three acts of articles 4.6 and 7.1. */
export type Matter = 'approve' | 'ratify' | 'confirm';

/** Numerator and denominator, so that counts are compared as whole numbers. */
export type Fraction = readonly [number, number];

export type TieBreak = 'defer' | 'castingVote' | 'fail';

export type BallotRule = {
  readonly matter: Matter;
  /** q: the part of the body (B, 应到) that must vote */
  readonly quorumOfBody: Fraction;
  /** f: the part of all filled seats (N) that must vote, whoever is recused */
  readonly quorumOfSeats: Fraction;
  /** fewer voters than this are never a quorum */
  readonly floor: number;
  /** passing needs more than half of the body, or of those present (P, 实到) */
  readonly majorityOf: 'body' | 'present';
  /** without the director or a vice director among those who voted there is no quorum */
  readonly presiderRequired: boolean;
  readonly tieBreak: TieBreak;
  /** 末位表态 */
  readonly directorLast: boolean;
  /** until closing only the voter sees his choice */
  readonly sealed: boolean;
  /** close as soon as nothing the missing could do matters any more */
  readonly early: boolean;
};

/** 审定. Assumption 系统默认. */
export const approveRule: BallotRule = {
  matter: 'approve',
  quorumOfBody: [2, 3],
  quorumOfSeats: [1, 2],
  floor: 2,
  majorityOf: 'body',
  presiderRequired: false,
  tieBreak: 'defer',
  directorLast: true,
  sealed: true,
  early: false,
};

/** 批准. Assumption 系统默认. */
export const ratifyRule: BallotRule = {
  matter: 'ratify',
  quorumOfBody: [1, 2],
  quorumOfSeats: [1, 3],
  floor: 2,
  majorityOf: 'present',
  presiderRequired: true,
  tieBreak: 'defer',
  directorLast: false,
  sealed: true,
  early: true,
};

/** 批准客户经理 (article 7.1). Assumption 系统默认. */
export const confirmRule: BallotRule = { ...ratifyRule, matter: 'confirm' };

/**
 * Which act a question is put as: confirming a manager is its own; whatever else the committee decides is approved for
 * company-level accounts and under special consideration 特别审议, else ratified (assumption 系统默认).
 */
export function matterFor(question: {
  readonly manager: boolean;
  readonly level: 'company' | 'branch';
  readonly specialConsideration: boolean;
}): Matter {
  if (question.manager) return 'confirm';
  return question.level === 'company' || question.specialConsideration ? 'approve' : 'ratify';
}
