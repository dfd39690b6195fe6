import { endingsOf, type Lifecycle, type Transition } from './lifecycle.ts';

/** 专属侵权举报: a unit is said to develop a client that another holds (Article 7.3). */
export type BreachState =
  | 'admission'
  | 'statement'
  | 'deciding'
  | 'concluding'
  | 'upheld'
  | 'unfounded'
  | 'withdrawn'
  | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

const states: Lifecycle<BreachState>['states'] = {
  admission: { terminal: false, article: ASSUMPTION, zhKey: 'breach.admission' },
  statement: { terminal: false, article: ASSUMPTION, zhKey: 'breach.statement' },
  deciding: { terminal: false, article: 'Article 7.3', zhKey: 'breach.deciding' },
  concluding: { terminal: false, article: ASSUMPTION, zhKey: 'breach.concluding' },
  upheld: { terminal: true, article: 'Article 7.3', zhKey: 'breach.upheld' },
  unfounded: { terminal: true, article: ASSUMPTION, zhKey: 'breach.unfounded' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'breach.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'breach.lapsed' },
};

const steps: readonly Transition<BreachState>[] = [
  { from: 'admission', on: 'admit', to: 'statement', by: 'office', article: ASSUMPTION },
  { from: 'admission', on: 'dismiss', to: 'unfounded', by: 'office', article: ASSUMPTION },

  { from: 'statement', on: 'state', to: 'deciding', by: 'accusedUnit', article: ASSUMPTION },
  // Whoever has nothing to say keeps nobody from deciding.
  { from: 'statement', on: 'silent', to: 'deciding', by: 'deadline', article: ASSUMPTION },

  { from: 'deciding', on: 'passed', to: 'concluding', by: 'ballot', article: 'Article 7.3' },
  { from: 'deciding', on: 'failed', to: 'unfounded', by: 'ballot', article: ASSUMPTION },

  { from: 'concluding', on: 'record', to: 'upheld', by: 'office', article: ASSUMPTION },
];

export const breach: Lifecycle<BreachState> = {
  process: 'breach',
  initial: 'admission',
  states,
  transitions: [...steps, ...endingsOf<BreachState>(states)],
};

/** Who may say that a client is developed against its holding: whoever holds it, and the office (系统默认). */
export const mayReport = (standings: ReadonlySet<string>): boolean =>
  ['manager', 'head', 'unit', 'office'].some((standing) => standings.has(standing));
