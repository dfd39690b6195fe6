import { endingsOf, type Lifecycle } from './lifecycle.ts';

/**
 * 年中退出: a key account leaves the list, or cooperation with it ends, before the year's evaluation: insolvent, dishonest, dissolved or merged, its
 * credit is good no more (Article 2). How that is decided within the year is 系统默认.
 */
export const exitGrounds = ['insolvency', 'dishonesty', 'dissolution', 'merger', 'other'] as const;

/** What the committee chooses among, the mildest first: leaving the list 调出名单 and ending cooperation 终止合作 are two outcomes. */
export const exitOptions = ['kept', 'delisted', 'ended'] as const;

export type ExitState =
  | 'admission'
  | 'supplementing'
  | 'statement'
  | 'deciding'
  | (typeof exitOptions)[number]
  | 'withdrawn'
  | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

const states: Lifecycle<ExitState>['states'] = {
  admission: { terminal: false, article: 'Article 3', zhKey: 'exit.admission' },
  supplementing: { terminal: false, article: ASSUMPTION, zhKey: 'exit.supplementing' },
  statement: { terminal: false, article: ASSUMPTION, zhKey: 'exit.statement' },
  deciding: { terminal: false, article: 'Article 4.6', zhKey: 'exit.deciding' },
  kept: { terminal: true, article: ASSUMPTION, zhKey: 'exit.kept' },
  delisted: { terminal: true, article: ASSUMPTION, zhKey: 'exit.delisted' },
  ended: { terminal: true, article: ASSUMPTION, zhKey: 'exit.ended' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'exit.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'exit.lapsed' },
};

export const exit: Lifecycle<ExitState> = {
  process: 'exit',
  initial: 'admission',
  states,
  transitions: [
    { from: 'admission', on: 'admit', to: 'statement', by: 'office', article: 'Article 3' },
    { from: 'admission', on: 'return', to: 'supplementing', by: 'office', article: ASSUMPTION },
    { from: 'supplementing', on: 'resubmit', to: 'admission', by: 'submitter', article: ASSUMPTION },
    { from: 'supplementing', on: 'silent', to: 'lapsed', by: 'deadline', article: ASSUMPTION },
    { from: 'statement', on: 'complete', to: 'deciding', by: 'concerned', article: ASSUMPTION },
    // The second ballot of the choice stays here: it is a round of the same decision.
    { from: 'deciding', on: 'kept', to: 'kept', by: 'ballot', article: 'Article 4.6' },
    { from: 'deciding', on: 'delisted', to: 'delisted', by: 'ballot', article: 'Article 4.6' },
    { from: 'deciding', on: 'ended', to: 'ended', by: 'ballot', article: 'Article 4.6' },
    ...endingsOf<ExitState>(states),
  ],
};
