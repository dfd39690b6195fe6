import { holdersOf, roleKey } from './actor.ts';
import type { Slate } from './processDefinition.ts';
import { heirsOf, inherited } from './succession.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * The slate with somebody on it: where nobody is left, the officers of the unit that succeeded a dissolved one, else the next level
 * take over at once, at last the office. An empty slate never waits silently.
 * @returns `moved` says why it was empty, which is recorded as an alarm; null where it was not.
 */
export async function manned(
  tx: CaseTransaction,
  slate: Slate,
): Promise<Slate & { readonly moved: 'unitDissolved' | 'nobodyLeft' | null }> {
  const isManned = async (keys: readonly string[]) => (await holdersOf(tx.client, keys)).length > 0;
  const { candidates: before, escalations: levels } = slate;
  if (await isManned(before)) return { candidates: before, escalations: levels, moved: null };
  // Asked after the holders: a unit that is dissolved between the two questions then explains why nobody is left.
  let { candidates, escalations } = inherited(slate, await heirsOf(tx));
  if (await isManned(candidates)) return { candidates, escalations, moved: 'unitDissolved' };
  for (;;) {
    const [next, ...rest] = escalations;
    if (!next) return { candidates: [...candidates, roleKey('office')], escalations: [], moved: 'nobodyLeft' };
    candidates = [...candidates, ...next];
    escalations = rest;
    if (await isManned(candidates)) return { candidates, escalations, moved: 'nobodyLeft' };
  }
}
