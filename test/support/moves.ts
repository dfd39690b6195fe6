import type { Fact } from '../../prisma/generated/client.ts';

/** A move between two states, as a row of a lifecycle table has it. */
export type Move = { readonly from: string; readonly on: string; readonly to: string };

/** The moves a case made, from its facts alone: which event led from which state to which. */
export function movesOf(initial: string, facts: readonly Fact[]): Move[] {
  const moves: Move[] = [];
  let from = initial;
  let on = '';
  for (const fact of facts) {
    on = eventOf(fact) ?? on;
    const { state } = fact.codes as { state?: string };
    if ((fact.kind !== 'opened' && fact.kind !== 'concluded') || state === undefined || state === from) continue;
    moves.push({ from, on, to: state });
    from = state;
  }
  return moves;
}

function eventOf({ kind, action, codes }: Fact): string | null {
  const { outcome } = codes as { outcome?: string };
  if (kind === 'decided' || kind === 'submitted') return action;
  if (kind === 'silent') return 'silent';
  if (kind === 'withdrawn') return 'withdraw';
  if (kind === 'accountEnded') return 'lapse';
  if (kind === 'overridden') return (codes as { to?: string }).to === 'withdrawn' ? 'withdraw' : 'lapse';
  // A ballot that ends because its case does is no event of its own.
  return kind === 'ballotClosed' && outcome !== 'ended' ? (outcome ?? null) : null;
}
