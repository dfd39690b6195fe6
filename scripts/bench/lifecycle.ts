import type { Lifecycle } from '../../domain/lifecycle.ts';

type BenchState = 'approving' | 'passed' | 'failed' | 'withdrawn' | 'lapsed';

const article = 'assumption 系统默认';

/** One ballot of the whole committee, and nothing else: what a decision costs is not hidden behind other steps. */
export const benchLifecycle: Lifecycle<BenchState> = {
  process: 'bench',
  initial: 'approving',
  states: {
    approving: { terminal: false, article, zhKey: 'bench.approving' },
    passed: { terminal: true, article, zhKey: 'bench.passed' },
    failed: { terminal: true, article, zhKey: 'bench.failed' },
    withdrawn: { terminal: true, article, zhKey: 'bench.withdrawn' },
    lapsed: { terminal: true, article, zhKey: 'bench.lapsed' },
  },
  transitions: [
    { from: 'approving', on: 'passed', to: 'passed', by: 'ballot', article },
    { from: 'approving', on: 'failed', to: 'failed', by: 'ballot', article },
    { from: 'approving', on: 'lapse', to: 'lapsed', by: 'office', article },
    { from: 'approving', on: 'withdraw', to: 'withdrawn', by: 'submitter', article },
  ],
};
