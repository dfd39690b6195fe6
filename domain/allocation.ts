import { endingsOf, type Lifecycle } from './lifecycle.ts';

/** 项目承建协商: which unit builds a project of a key account (Article 7.2). */
export type AllocationState =
  | 'firstChoice'
  | 'consultation'
  | 'proposing'
  | 'deciding'
  | 'releasing'
  | 'allocated'
  | 'released'
  | 'withdrawn'
  | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

const states: Lifecycle<AllocationState>['states'] = {
  firstChoice: { terminal: false, article: 'Article 7.2', zhKey: 'allocation.firstChoice' },
  consultation: { terminal: false, article: 'Article 7.2', zhKey: 'allocation.consultation' },
  proposing: { terminal: false, article: ASSUMPTION, zhKey: 'allocation.proposing' },
  deciding: { terminal: false, article: ASSUMPTION, zhKey: 'allocation.deciding' },
  releasing: { terminal: false, article: ASSUMPTION, zhKey: 'allocation.releasing' },
  allocated: { terminal: true, article: 'Article 7.2', zhKey: 'allocation.allocated' },
  released: { terminal: true, article: ASSUMPTION, zhKey: 'allocation.released' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'allocation.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'allocation.lapsed' },
};

const open = (Object.keys(states) as AllocationState[]).filter((state) => !states[state].terminal);

export const allocation: Lifecycle<AllocationState> = {
  process: 'allocation',
  initial: 'firstChoice',
  states,
  transitions: [
    // Inside the lead holder's territory there is nothing to negotiate.
    { from: 'firstChoice', on: 'byTerritory', to: 'allocated', by: 'territory', article: 'Article 7.2', atOnce: true },
    { from: 'firstChoice', on: 'claim', to: 'consultation', by: 'recommendingUnit', article: 'Article 7.2' },
    // The last of those who may choose has left it to the others, by word or by silence.
    { from: 'firstChoice', on: 'leave', to: 'consultation', by: 'recommendingUnit', article: 'Article 7.2' },
    { from: 'firstChoice', on: 'silent', to: 'consultation', by: 'deadline', article: ASSUMPTION },

    { from: 'consultation', on: 'consulted', to: 'proposing', by: 'unitsConcerned', article: 'Article 7.2' },

    { from: 'proposing', on: 'propose', to: 'deciding', by: 'office', article: ASSUMPTION },
    { from: 'proposing', on: 'release', to: 'releasing', by: 'office', article: ASSUMPTION },
    // After so many refusals the director decides.
    { from: 'proposing', on: 'allocate', to: 'allocated', by: 'director', article: ASSUMPTION },
    { from: 'proposing', on: 'giveFree', to: 'released', by: 'director', article: ASSUMPTION },

    { from: 'deciding', on: 'passed', to: 'allocated', by: 'ballot', article: ASSUMPTION },
    { from: 'deciding', on: 'failed', to: 'proposing', by: 'ballot', article: ASSUMPTION },
    { from: 'releasing', on: 'passed', to: 'released', by: 'ballot', article: ASSUMPTION },
    { from: 'releasing', on: 'failed', to: 'proposing', by: 'ballot', article: ASSUMPTION },
    // The project is not built after all.
    ...open.map(
      (from) => ({ from, on: 'cancelProject', to: 'lapsed', by: 'submitter', article: 'Article 7.2' }) as const,
    ),
    ...endingsOf<AllocationState>(states),
  ],
};

/** A holding that has not ended. */
type Holding = { readonly kind: 'lead' | 'co'; readonly unitId: string; readonly validFrom: string };

/** The units with a first choice (Article 7.2): the leading one, then the co-holders in order of addition; each once. */
export function choosers(holdings: readonly Holding[]): string[] {
  const since = ({ validFrom }: Holding) => Date.parse(validFrom);
  const co = holdings.filter(({ kind }) => kind === 'co').toSorted((one, other) => since(one) - since(other));
  const lead = holdings.filter(({ kind }) => kind === 'lead');
  return [...new Set([...lead, ...co].map(({ unitId }) => unitId))];
}

/** The units that say what they think of it: who holds the account, and who holds the place. Each once, in that order. */
export function unitsConcerned(holdings: readonly Holding[], coveringIds: readonly string[]): string[] {
  return [...new Set([...choosers(holdings), ...coveringIds])];
}

/** Whether a proposal departs from the first choice, and so needs a reason (Article 7.2). A project nobody chose departs from nothing. */
export function departsFromChoice(claimedBy: string | null, proposedId: string | null): boolean {
  return claimedBy !== null && claimedBy !== proposedId;
}

/**
 * Whose seats are recused when the committee decides (系统默认): the leading unit, which has the first choice, who took it, and who is
 * proposed. Co-holders that left their choice to others vote.
 */
export function recusedUnits(leadUnitId: string | null, claimedBy: string | null, proposedId: string | null): string[] {
  return [...new Set([leadUnitId, claimedBy, proposedId].filter((unitId) => unitId !== null))];
}

/** Whoever works on the account, or speaks for the committee, may ask which unit builds (Article 7.2 names unit, client and committee). */
export const mayAskBuilder = (standings: ReadonlySet<string>): boolean =>
  ['manager', 'head', 'office', 'committee'].some((standing) => standings.has(standing));
