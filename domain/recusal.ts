/** Recusal 回避 while and after a ballot is open. Recusal by rule is struck by the slate (roll.ts). */
import { entryOf, presiders, type RollEntry } from './roll.ts';

/**
 * Who decides a declared recusal: the director; about himself, or where he is recused or his seat vacant, the first
 * vice director not concerned (neither recused nor declaring, `declaring`: persons with a declaration undecided).
 * Null when nobody can: it stays undecided, and undecided at closing means not recused.
 */
export function recusalDecider(
  roll: readonly RollEntry[],
  personId: string,
  declaring: readonly string[] = [],
): string | null {
  const decider = presiders(roll).find(
    (entry) =>
      entry.personId !== personId &&
      !entry.recusal &&
      !entry.vacated &&
      (entry.kind === 'director' || !declaring.includes(entry.personId)),
  );
  return decider?.personId ?? null;
}

/**
 * A recusal that was accepted. While the ballot is open it is final and voids the person's vote, which stays on record.
 * After closing it changes nothing and opens a review by the office.
 */
export function recuse(
  roll: readonly RollEntry[],
  personId: string,
  ballot: { readonly closed: boolean },
): { readonly roll: readonly RollEntry[]; readonly effect: 'recused' | 'review' | 'none' } {
  const concerned = entryOf(roll, personId);
  if (!concerned || concerned.recusal) return { roll, effect: 'none' };
  if (ballot.closed) return { roll, effect: 'review' };
  return {
    roll: roll.map((entry) => (entry === concerned ? { ...entry, recusal: 'declared' } : entry)),
    effect: 'recused',
  };
}
