import { endingsOf, type Lifecycle } from './lifecycle.ts';

/** 风险预警、强化攻关建议及其他建议 (Article 6.3; the list is open): what a manager proposes from what he learns. */
export const suggestionKinds = ['riskWarning', 'pursuitProposal', 'other'] as const;

/** How grave a warned risk is, gravest last. Assumption 系统默认. */
export const severities = ['low', 'medium', 'high'] as const;

export type SuggestionState =
  | 'weighing'
  | 'supplementing'
  | 'deciding'
  | 'carryingOut'
  | 'closed'
  | 'refused'
  | 'withdrawn'
  | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';
const RAISED = 'Article 6.3';

const states: Lifecycle<SuggestionState>['states'] = {
  weighing: { terminal: false, article: RAISED, zhKey: 'suggestion.weighing' },
  supplementing: { terminal: false, article: ASSUMPTION, zhKey: 'suggestion.supplementing' },
  deciding: { terminal: false, article: ASSUMPTION, zhKey: 'suggestion.deciding' },
  carryingOut: { terminal: false, article: ASSUMPTION, zhKey: 'suggestion.carryingOut' },
  closed: { terminal: true, article: ASSUMPTION, zhKey: 'suggestion.closed' },
  refused: { terminal: true, article: ASSUMPTION, zhKey: 'suggestion.refused' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'suggestion.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'suggestion.lapsed' },
};

export const suggestion: Lifecycle<SuggestionState> = {
  process: 'suggestion',
  initial: 'weighing',
  states,
  transitions: [
    { from: 'weighing', on: 'accept', to: 'carryingOut', by: 'office', article: RAISED },
    { from: 'weighing', on: 'refer', to: 'deciding', by: 'office', article: ASSUMPTION },
    { from: 'weighing', on: 'return', to: 'supplementing', by: 'office', article: ASSUMPTION },
    { from: 'weighing', on: 'refuse', to: 'refused', by: 'office', article: ASSUMPTION },
    { from: 'supplementing', on: 'resubmit', to: 'weighing', by: 'submitter', article: ASSUMPTION },
    { from: 'supplementing', on: 'silent', to: 'lapsed', by: 'deadline', article: ASSUMPTION },
    { from: 'deciding', on: 'passed', to: 'carryingOut', by: 'ballot', article: ASSUMPTION },
    { from: 'deciding', on: 'failed', to: 'refused', by: 'ballot', article: ASSUMPTION },
    { from: 'carryingOut', on: 'closePlan', to: 'closed', by: 'office', article: ASSUMPTION },
    ...endingsOf<SuggestionState>(states),
  ],
};
