import {
  type BallotRule,
  type Choice,
  type RollEntry,
  type Seat,
  type SeatKind,
  type Subject,
  slate,
  type Vote,
} from '../../domain/ballot.ts';

export const list: Subject = { kind: 'list' };
export const clientOf = (unitIds: readonly string[], personIds: readonly string[] = []): Subject => ({
  kind: 'client',
  unitIds,
  personIds,
});

/** A seat filled by the person of the same name. */
export function seat(seatId: string, kind: SeatKind, order: number, unitId: string | null = null): Seat {
  return { seatId, kind, order, unitId, personId: seatId };
}

/** The thirteen seats of article 3: director D, vice directors V1 and V2, and two members for each branch, A1 to E2. */
export const thirteen: readonly Seat[] = [
  seat('D', 'director', 1),
  seat('V1', 'viceDirector', 1),
  seat('V2', 'viceDirector', 2),
  ...['A', 'B', 'C', 'D', 'E'].flatMap((unit, index) => [
    seat(`${unit === 'D' ? 'F' : unit}1`, 'member', 2 * index + 1, `unit${unit}`),
    seat(`${unit === 'D' ? 'F' : unit}2`, 'member', 2 * index + 2, `unit${unit}`),
  ]),
];

/** The roll of thirteen on a client recommended by unit A: N 13, R 2, B 11. */
export const eleven: readonly RollEntry[] = slate(thirteen, clientOf(['unitA'])).roll;
export const full: readonly RollEntry[] = slate(thirteen, list).roll;

/** A roll of the first `size` of the thirteen. */
export const rollOf = (size: number): readonly RollEntry[] => full.slice(0, size);

/** Votes in sequence from 1: `cast('for', 'A1 A2', 'against', 'B1')`. */
export function cast(...groups: readonly string[]): Vote[] {
  const votes: Vote[] = [];
  for (let index = 0; index < groups.length; index += 2) {
    for (const personId of (groups[index + 1] ?? '').split(' ').filter(Boolean)) {
      votes.push({ seq: votes.length + 1, personId, choice: groups[index] as Choice });
    }
  }
  return votes;
}

/** The roll with these persons recused on their own declaration. */
export function recused(roll: readonly RollEntry[], ...personIds: readonly string[]): readonly RollEntry[] {
  return roll.map((entry) => (personIds.includes(entry.personId) ? { ...entry, recusal: 'declared' } : entry));
}

export const firstBallot = { runoff: false };
export const withRule = (rule: BallotRule, changes: Partial<BallotRule>): BallotRule => ({ ...rule, ...changes });
