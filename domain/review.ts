import { endingsOf, type Lifecycle } from './lifecycle.ts';

/** 年度评价 of one account (Article 10.3): reported, evaluated, decided, and what follows carried out. */

/** What the committee chooses among at year's end, the mildest first: 维持现状, 加强攻关, 终止合作 (Article 10.3; the order is 系统默认). */
export const reviewOptions = ['maintain', 'intensify', 'terminate'] as const;
export type ReviewOption = (typeof reviewOptions)[number];

export type ReviewCaseState =
  | 'reporting'
  | 'endorsing'
  | 'evaluating'
  | 'regrading'
  | 'deciding'
  | 'planning'
  | 'carryingOut'
  | 'maintained'
  | 'intensified'
  | 'terminated'
  | 'withdrawn'
  | 'lapsed';

/** Where a member of the committee may say that he differs 不同意见: from the evaluation until it is decided. */
export const dissentStates: readonly string[] = ['evaluating', 'regrading', 'deciding'] satisfies ReviewCaseState[];

const ASSUMPTION = 'assumption 系统默认';
const DYNAMIC = 'Article 10.3';

const states: Lifecycle<ReviewCaseState>['states'] = {
  reporting: { terminal: false, article: DYNAMIC, zhKey: 'review.reporting' },
  endorsing: { terminal: false, article: ASSUMPTION, zhKey: 'review.endorsing' },
  evaluating: { terminal: false, article: DYNAMIC, zhKey: 'review.evaluating' },
  regrading: { terminal: false, article: 'Article 12', zhKey: 'review.regrading' },
  deciding: { terminal: false, article: DYNAMIC, zhKey: 'review.deciding' },
  planning: { terminal: false, article: ASSUMPTION, zhKey: 'review.planning' },
  carryingOut: { terminal: false, article: ASSUMPTION, zhKey: 'review.carryingOut' },
  maintained: { terminal: true, article: DYNAMIC, zhKey: 'review.maintained' },
  intensified: { terminal: true, article: DYNAMIC, zhKey: 'review.intensified' },
  terminated: { terminal: true, article: DYNAMIC, zhKey: 'review.terminated' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'review.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'review.lapsed' },
};

export const review: Lifecycle<ReviewCaseState> = {
  process: 'review',
  initial: 'reporting',
  states,
  transitions: [
    { from: 'reporting', on: 'report', to: 'endorsing', by: 'manager', article: DYNAMIC },
    { from: 'reporting', on: 'silent', to: 'evaluating', by: 'deadline', article: ASSUMPTION },
    { from: 'endorsing', on: 'endorse', to: 'evaluating', by: 'unitHead', article: ASSUMPTION },
    { from: 'endorsing', on: 'return', to: 'reporting', by: 'unitHead', article: ASSUMPTION },
    { from: 'evaluating', on: 'assess', to: 'deciding', by: 'office', article: DYNAMIC },
    { from: 'evaluating', on: 'assessGrade', to: 'regrading', by: 'office', article: 'Article 12' },
    { from: 'regrading', on: 'passed', to: 'deciding', by: 'ballot', article: 'Article 12' },
    { from: 'regrading', on: 'failed', to: 'deciding', by: 'ballot', article: 'Article 12' },
    // The second ballot of the choice stays here: it is a round of the same decision.
    { from: 'deciding', on: 'maintain', to: 'maintained', by: 'ballot', article: DYNAMIC },
    { from: 'deciding', on: 'intensify', to: 'planning', by: 'ballot', article: DYNAMIC },
    { from: 'deciding', on: 'terminate', to: 'terminated', by: 'ballot', article: DYNAMIC },
    { from: 'planning', on: 'plan', to: 'carryingOut', by: 'manager', article: ASSUMPTION },
    { from: 'carryingOut', on: 'closePlan', to: 'intensified', by: 'office', article: ASSUMPTION },
    ...endingsOf<ReviewCaseState>(states),
  ],
};
