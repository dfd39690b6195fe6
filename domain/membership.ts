import { endingsOf, type Lifecycle, type Transition } from './lifecycle.ts';

/** 成员单位变更: a legal entity comes to a client's group or leaves it, by decision of the office (7.3: a holding covers the whole group). */
export type MembershipState = 'examining' | 'checking' | 'changed' | 'refused' | 'withdrawn' | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

const states: Lifecycle<MembershipState>['states'] = {
  examining: { terminal: false, article: ASSUMPTION, zhKey: 'membership.examining' },
  checking: { terminal: false, article: ASSUMPTION, zhKey: 'membership.checking' },
  changed: { terminal: true, article: 'Article 7.3', zhKey: 'membership.changed' },
  refused: { terminal: true, article: ASSUMPTION, zhKey: 'membership.refused' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'membership.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'membership.lapsed' },
};

const steps: readonly Transition<MembershipState>[] = [
  { from: 'examining', on: 'accept', to: 'checking', by: 'office', article: ASSUMPTION },
  { from: 'examining', on: 'refuse', to: 'refused', by: 'office', article: ASSUMPTION },

  { from: 'checking', on: 'confirm', to: 'changed', by: 'office', article: 'Article 7.3' },
  // The second person finds something: it is examined again.
  { from: 'checking', on: 'refuse', to: 'examining', by: 'office', article: ASSUMPTION },
];

export const membership: Lifecycle<MembershipState> = {
  process: 'membership',
  initial: 'examining',
  states,
  transitions: [...steps, ...endingsOf<MembershipState>(states)],
};
