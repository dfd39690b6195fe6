/**
 * The roll of a ballot: who may vote, one entry a person. It is taken from the filled seats when the ballot opens
 * (a snapshot) and from then on changes only by the functions here and by a recusal; each returns a new roll.
 */
import { countedVotes, type Vote } from './vote.ts';

export type SeatKind = 'director' | 'viceDirector' | 'member';

/** A committee seat (article 3) and who fills it. `order` ranks the seats of one kind, lowest first. */
export type Seat = {
  readonly seatId: string;
  readonly kind: SeatKind;
  readonly order: number;
  readonly unitId: string | null;
  readonly personId: string;
};

export type Recusal = 'rule' | 'declared';

export type RollEntry = Seat & {
  readonly recusal: Recusal | null;
  /** the seat fell vacant after opening and nobody votes for it; it still counts in N and in B */
  readonly vacated?: boolean;
  /** named after an inquorate ballot: counts in B, not in N; always of the kind `member`, so he never presides */
  readonly substitute?: boolean;
};

/**
 * What is voted on, as far as it makes people recuse themselves by rule: one client (the recommending units; the
 * manager concerned and whoever nominated himself, as persons), or the list as a whole, where the rule never applies.
 * A bulk agenda has one subject, and one slate, an item.
 */
export type Subject =
  | { readonly kind: 'client'; readonly unitIds: readonly string[]; readonly personIds: readonly string[] }
  | { readonly kind: 'list' };

const rank: Record<SeatKind, number> = { director: 0, viceDirector: 1, member: 2 };

function byRank(a: Seat, b: Seat): number {
  return rank[a.kind] - rank[b.kind] || a.order - b.order || (a.seatId < b.seatId ? -1 : a.seatId > b.seatId ? 1 : 0);
}

/** The director and the vice directors are no unit's seats; the members are their branch's. Assumption 系统默认. */
export function isConcerned(seat: Pick<Seat, 'kind' | 'unitId' | 'personId'>, subject: Subject): boolean {
  if (subject.kind === 'list') return false;
  if (subject.personIds.includes(seat.personId)) return true;
  return seat.kind === 'member' && seat.unitId !== null && subject.unitIds.includes(seat.unitId);
}

/**
 * The roll at opening. One person has one vote: of several seats the highest counts, the others are `dropped` and not
 * in N. Recusal by rule strikes the person, so a dropped seat of the recommending unit recuses him in his higher one.
 * `earlier` is the roll of the ballot this one repeats (after a tie): its recusals are kept.
 */
export function slate(
  filledSeats: readonly Seat[],
  subject: Subject,
  earlier: readonly RollEntry[] = [],
): { readonly roll: readonly RollEntry[]; readonly dropped: readonly Seat[] } {
  const concerned = new Set(filledSeats.filter((seat) => isConcerned(seat, subject)).map((seat) => seat.personId));
  const kept = new Map(earlier.filter((entry) => entry.recusal).map((entry) => [entry.personId, entry.recusal]));
  const roll: RollEntry[] = [];
  const dropped: Seat[] = [];
  for (const seat of [...filledSeats].sort(byRank)) {
    if (roll.some((entry) => entry.personId === seat.personId)) dropped.push(seat);
    else roll.push({ ...seat, recusal: concerned.has(seat.personId) ? 'rule' : (kept.get(seat.personId) ?? null) });
  }
  return { roll, dropped };
}

/** The entry that stands for each seat: a substitute stands in place of the one whose seat he takes. */
export function occupants(roll: readonly RollEntry[]): readonly RollEntry[] {
  const taken = new Set(roll.filter((entry) => entry.substitute).map((entry) => entry.seatId));
  return roll.filter((entry) => entry.substitute || !taken.has(entry.seatId));
}

/** The entry by which a person may vote, recused or not; undefined if he is not, or no longer, on the roll. */
export function entryOf(roll: readonly RollEntry[], personId: string): RollEntry | undefined {
  return roll.find((entry) => entry.personId === personId && !entry.vacated);
}

/** The director, then the vice directors in order of seat. */
export function presiders(roll: readonly RollEntry[]): readonly RollEntry[] {
  return roll.filter((entry) => entry.kind !== 'member').sort(byRank);
}

/** Those who may vote and have not: not recused, and their seat not vacated. */
export function missing(roll: readonly RollEntry[], votes: readonly Vote<string>[]): readonly RollEntry[] {
  const counted = countedVotes(roll, votes);
  return roll.filter((entry) => !entry.recusal && !entry.vacated && !counted.has(entry.personId));
}

/**
 * The holder of a seat has left and it has no successor yet. A vote he gave stands, and so does a recusal; otherwise
 * nobody votes for the seat, and it still counts: nothing shrinks the quorum silently.
 */
export function vacate(
  roll: readonly RollEntry[],
  votes: readonly Vote<string>[],
  seatId: string,
): readonly RollEntry[] {
  const leaver = missing(roll, votes).find((entry) => entry.seatId === seatId);
  return roll.map((entry) => (entry === leaver ? { ...entry, vacated: true } : entry));
}

export type Inheritance = {
  readonly roll: readonly RollEntry[];
  readonly inherited: boolean;
  readonly reason: 'inherited' | 'noSuchSeat' | 'voted' | 'recused' | 'votesAlready';
};

/**
 * A successor inherits a seat that has not voted, unless he votes already: then nobody votes for it. A recusal is final
 * while the ballot is open, so a recused seat is not inherited; and the successor is recused where the rule strikes him.
 */
export function inherit(
  roll: readonly RollEntry[],
  votes: readonly Vote<string>[],
  seatId: string,
  successorPersonId: string,
  subject: Subject,
): Inheritance {
  const seat = occupants(roll).find((entry) => entry.seatId === seatId);
  if (!seat) return { roll, inherited: false, reason: 'noSuchSeat' };
  if (seat.recusal) return { roll, inherited: false, reason: 'recused' };
  if (!seat.vacated && countedVotes(roll, votes).has(seat.personId)) return { roll, inherited: false, reason: 'voted' };
  if (entryOf(roll, successorPersonId)) {
    return { roll: vacate(roll, votes, seatId), inherited: false, reason: 'votesAlready' };
  }
  const { vacated: _, ...held } = { ...seat, personId: successorPersonId };
  const successor: RollEntry = { ...held, recusal: isConcerned(held, subject) ? 'rule' : null };
  return { roll: roll.map((entry) => (entry === seat ? successor : entry)), inherited: true, reason: 'inherited' };
}

/** A person named for a seat; `unitId` is his own unit, whatever seat he takes. */
export type Substitute = { readonly seatId: string; readonly personId: string; readonly unitId: string | null };

export type Substitution =
  | { readonly ok: true; readonly roll: readonly RollEntry[] }
  | {
      readonly ok: false;
      readonly reason: 'nobodyNamed' | 'namedBefore' | 'seatNotFree' | 'onRoll' | 'concerned';
      readonly seatId: string | null;
    };

/**
 * The office names substitutes for an inquorate ballot, once. They take recused or vacant seats (`vacantSeats`: those
 * nobody filled at opening), count in B and not in N, and never preside, whatever seat they take. Votes are kept.
 */
export function substitute(
  roll: readonly RollEntry[],
  vacantSeats: readonly Omit<Seat, 'personId'>[],
  named: readonly Substitute[],
  subject: Subject,
): Substitution {
  if (named.length === 0) return { ok: false, reason: 'nobodyNamed', seatId: null };
  if (roll.some((entry) => entry.substitute)) return { ok: false, reason: 'namedBefore', seatId: null };
  const next = [...roll];
  for (const { seatId, personId, unitId } of named) {
    const filled = next.filter((entry) => entry.seatId === seatId);
    const seat = filled[0] ?? vacantSeats.find((vacant) => vacant.seatId === seatId);
    if (!seat || filled.some((entry) => entry.substitute || (!entry.recusal && !entry.vacated))) {
      return { ok: false, reason: 'seatNotFree', seatId };
    }
    if (next.some((entry) => entry.personId === personId)) return { ok: false, reason: 'onRoll', seatId };
    const taker: Seat = { seatId, kind: 'member', order: seat.order, unitId, personId };
    if (isConcerned(taker, subject)) return { ok: false, reason: 'concerned', seatId };
    next.push({ ...taker, recusal: null, substitute: true });
  }
  return { ok: true, roll: next };
}
