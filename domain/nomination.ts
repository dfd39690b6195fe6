/**
 * The way from a unit's nomination to a confirmed account manager (Article 7.1), which every process has that gives an account a manager:
 * the unit nominates, the committee confirms, and after `maxNominations` refusals the director names one or ends it.
 */
import type { Transition } from './lifecycle.ts';

const ASSUMPTION = 'assumption 系统默认';

type NominationState = 'nominating' | 'confirming';

/** The rows of a lifecycle table from `nominating` on. `confirmed` and `rejected` are where it ends. */
export function nominationTransitions<S extends string>(
  confirmed: S,
  rejected: S,
): readonly Transition<S | NominationState | 'lapsed'>[] {
  return [
    { from: 'nominating', on: 'nominate', to: 'confirming', by: 'recommendingUnit', article: 'Article 7.1' },
    { from: 'nominating', on: 'silent', to: 'lapsed', by: 'deadline', article: ASSUMPTION },
    // After three refusals the director names a manager of that unit, or ends it.
    { from: 'nominating', on: 'appoint', to: confirmed, by: 'director', article: ASSUMPTION },
    { from: 'nominating', on: 'reject', to: rejected, by: 'director', article: ASSUMPTION },

    { from: 'confirming', on: 'passed', to: confirmed, by: 'ballot', article: 'Article 7.1' },
    { from: 'confirming', on: 'failed', to: 'nominating', by: 'ballot', article: ASSUMPTION },
    // The nominee left the company or the unit while the committee was voting.
    { from: 'confirming', on: 'unavailable', to: 'nominating', by: 'departure', article: ASSUMPTION },
  ];
}
