import type { Lifecycle, Transition } from './lifecycle.ts';
import { nominationTransitions } from './nomination.ts';

/** The process by which a unit's client becomes a key account (Articles 7.1, 12, 4.6). */
export type RecommendationState =
  | 'draft'
  | 'endorsing'
  | 'screening'
  | 'supplementing'
  | 'evaluating'
  | 'approving'
  | 'nominating'
  | 'confirming'
  | 'established'
  | 'rejected'
  | 'ineligible'
  | 'withdrawn'
  | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

const states: Lifecycle<RecommendationState>['states'] = {
  draft: { terminal: false, article: 'Article 7.1', zhKey: 'rec.draft' },
  endorsing: { terminal: false, article: ASSUMPTION, zhKey: 'rec.endorsing' },
  screening: { terminal: false, article: 'Article 3', zhKey: 'rec.screening' },
  supplementing: { terminal: false, article: ASSUMPTION, zhKey: 'rec.supplementing' },
  evaluating: { terminal: false, article: 'Article 7.1', zhKey: 'rec.evaluating' },
  approving: { terminal: false, article: 'Article 4.6', zhKey: 'rec.approving' },
  nominating: { terminal: false, article: 'Article 7.1', zhKey: 'rec.nominating' },
  confirming: { terminal: false, article: 'Article 7.1', zhKey: 'rec.confirming' },
  established: { terminal: true, article: 'Article 7.1', zhKey: 'rec.established' },
  rejected: { terminal: true, article: 'Article 7.1', zhKey: 'rec.rejected' },
  ineligible: { terminal: true, article: 'Article 12', zhKey: 'rec.ineligible' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'rec.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'rec.lapsed' },
};

const steps: readonly Transition<RecommendationState>[] = [
  { from: 'draft', on: 'submit', to: 'endorsing', by: 'submitter', article: 'Article 7.1' },

  { from: 'endorsing', on: 'endorse', to: 'screening', by: 'unitHead', article: ASSUMPTION },
  { from: 'endorsing', on: 'return', to: 'draft', by: 'unitHead', article: ASSUMPTION },

  { from: 'screening', on: 'accept', to: 'evaluating', by: 'office', article: 'Article 3' },
  { from: 'screening', on: 'return', to: 'supplementing', by: 'office', article: ASSUMPTION },
  { from: 'screening', on: 'ineligible', to: 'ineligible', by: 'office', article: 'Article 12' },

  { from: 'supplementing', on: 'resubmit', to: 'screening', by: 'submitter', article: ASSUMPTION },
  { from: 'supplementing', on: 'silent', to: 'lapsed', by: 'deadline', article: ASSUMPTION },

  { from: 'evaluating', on: 'complete', to: 'approving', by: 'evaluators', article: 'Article 7.1' },

  // A deferred ballot and one without a quorum stay here: they are rounds of the same approval.
  { from: 'approving', on: 'passed', to: 'nominating', by: 'ballot', article: 'Article 4.6' },
  { from: 'approving', on: 'failed', to: 'rejected', by: 'ballot', article: 'Article 4.6' },

  ...nominationTransitions<RecommendationState>('established', 'rejected'),
];

/**
 * Every process can end withdrawn, by the submitter or his unit's head, or lapsed: an idle draft by its deadline,
 * anything later by an override of two administrators or, where a ballot found no quorum, by the office.
 */
function endings(from: RecommendationState): readonly Transition<RecommendationState>[] {
  return [
    { from, on: 'withdraw', to: 'withdrawn', by: 'submitter', article: ASSUMPTION },
    { from, on: 'lapse', to: 'lapsed', by: from === 'draft' ? 'deadline' : 'administrators', article: ASSUMPTION },
  ];
}

export const recommendation: Lifecycle<RecommendationState> = {
  process: 'recommendation',
  initial: 'draft',
  states,
  transitions: [
    ...steps,
    ...(Object.keys(states) as RecommendationState[]).filter((state) => !states[state].terminal).flatMap(endings),
  ],
};

/** The dictionary key of a state's name. Approving has two names, 审定 and 批准: two different acts (Article 4.6). */
export function stateKey(state: RecommendationState, grade: 'company' | 'branch'): string {
  const { zhKey } = recommendation.states[state];
  return state === 'approving' ? `${zhKey}.${grade}` : zhKey;
}

/** The five criteria of Article 2, in its order. */
export const criteria = [
  { code: 'largeContracts', zh: '合同额大', en: 'Large contract value' },
  { code: 'steadyReturns', zh: '施工收益稳定', en: 'Steady construction returns' },
  { code: 'partnership', zh: '长期战略合作伙伴关系', en: 'Long-term strategic partnership, present or possible' },
  { code: 'continuousInvestment', zh: '长期持续投资建设', en: 'Continuous long-term investment in construction' },
  { code: 'goodCredit', zh: '信誉良好', en: 'Good credit' },
] as const;
