import assert from 'node:assert/strict';
import type { Chance } from '../system/random.ts';
import type { Answer, Arena } from './arena.ts';

/** Something that several do at once: prepared, run and judged once a round, with everything drawn from `chance`. */
export type Race = {
  readonly name: string;
  /** Runs once before its first round. */
  prepare?(arena: Arena): Promise<void>;
  /** One round. @returns the cases it was about. @throws what did not hold */
  round(arena: Arena, chance: Chance): Promise<readonly string[]>;
};

/** An answer was taken, or refused with one of these codes; whoever loses is told why. */
export function told(what: string, { taken, code, body }: Answer, ...codes: readonly string[]): void {
  assert.ok(taken || codes.includes(code), `${what} was told ${code}: ${JSON.stringify(body)}`);
}

/** Exactly one of these was taken. @returns which */
export function oneTaken(what: string, answers: readonly Answer[]): number {
  const codes = answers.map(({ code }) => code);
  assert.equal(codes.filter((code) => code === 'taken').length, 1, `${what}: one wins, and not ${codes.join(', ')}`);
  return codes.indexOf('taken');
}

/** A case's facts are numbered without a gap, and each has its one audit entry. */
export async function audited({ rows }: Arena, caseId: string): Promise<void> {
  const [row] = await rows<{ seq: number; facts: number; entries: number }>(
    `SELECT seq, (SELECT count(*)::int FROM facts f WHERE f.case_id = c.id) AS facts,
       (SELECT count(*)::int FROM audit_entries e WHERE e.stream = 'case:' || c.id) AS entries FROM cases c WHERE id = $1`,
    caseId,
  );
  assert.deepEqual(
    { facts: row?.facts, entries: row?.entries },
    { facts: row?.seq, entries: row?.seq },
    'one audit entry an act',
  );
}
