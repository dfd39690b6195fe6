import { endingsOf, type Lifecycle } from './lifecycle.ts';
import { nominationTransitions } from './nomination.ts';

/** The process by which a unit, or a second manager of a unit, is added to a key account's holders (Article 7.4). */
export type CoHolderState =
  | 'deciding'
  | 'nominating'
  | 'confirming'
  | 'added'
  | 'ended'
  | 'refused'
  | 'withdrawn'
  | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

const states: Lifecycle<CoHolderState>['states'] = {
  deciding: { terminal: false, article: 'Article 7.4', zhKey: 'coHolder.deciding' },
  nominating: { terminal: false, article: 'Article 7.1', zhKey: 'coHolder.nominating' },
  confirming: { terminal: false, article: 'Article 7.1', zhKey: 'coHolder.confirming' },
  added: { terminal: true, article: 'Article 7.4', zhKey: 'coHolder.added' },
  ended: { terminal: true, article: ASSUMPTION, zhKey: 'coHolder.ended' },
  refused: { terminal: true, article: ASSUMPTION, zhKey: 'coHolder.refused' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'coHolder.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'coHolder.lapsed' },
};

export const coHolder: Lifecycle<CoHolderState> = {
  process: 'coHolder',
  initial: 'deciding',
  states,
  transitions: [
    { from: 'deciding', on: 'passed', to: 'nominating', by: 'ballot', article: 'Article 7.4' },
    { from: 'deciding', on: 'failed', to: 'refused', by: 'ballot', article: ASSUMPTION },
    // A unit gives up what it was given: that is not balloted.
    { from: 'deciding', on: 'giveUp', to: 'ended', by: 'unitHead', article: ASSUMPTION, atOnce: true },
    ...nominationTransitions<CoHolderState>('added', 'refused'),
    ...endingsOf<CoHolderState>(states),
  ],
};

/** Of a person what matters here; an `Actor` has it. */
type Person = {
  readonly roles: readonly { readonly role: string; readonly unitId: string | null }[];
  readonly seats: readonly unknown[];
};

/**
 * For which units somebody may propose a co-holder: an officer for his own unit, a member of the committee or the office for any
 * (Article 7.4 speaks of the committee; that a unit may ask for itself is 系统默认).
 */
export function mayPropose({ roles, seats }: Person, unitId: string): boolean {
  if (seats.length > 0 || roles.some(({ role }) => role === 'office')) return true;
  return roles.some(
    (held) => ['submitter', 'unitHead', 'marketingDeputy'].includes(held.role) && held.unitId === unitId,
  );
}

/**
 * Whether somebody ends a unit's co-holding: its head or the deputy for marketing by his word, the office with the unit's consent
 * (系统默认).
 */
export function mayEnd({ roles }: Person, unitId: string): 'yes' | 'withConsent' | 'no' {
  const speaks = ['unitHead', 'marketingDeputy'];
  if (roles.some((held) => speaks.includes(held.role) && held.unitId === unitId)) return 'yes';
  return roles.some(({ role }) => role === 'office') ? 'withConsent' : 'no';
}
