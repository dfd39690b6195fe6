import type { Lifecycle } from '../../../domain/lifecycle.ts';

const article = 'assumption 系统默认';

/** A matter that is nothing but a choice among options. */
export const choosing: Lifecycle<'choosing' | 'mild' | 'middling' | 'grave' | 'withdrawn' | 'lapsed'> = {
  process: 'choosing',
  initial: 'choosing',
  states: {
    choosing: { terminal: false, article, zhKey: 'choosing.choosing' },
    mild: { terminal: true, article, zhKey: 'choosing.mild' },
    middling: { terminal: true, article, zhKey: 'choosing.middling' },
    grave: { terminal: true, article, zhKey: 'choosing.grave' },
    withdrawn: { terminal: true, article, zhKey: 'choosing.withdrawn' },
    lapsed: { terminal: true, article, zhKey: 'choosing.lapsed' },
  },
  transitions: [
    { from: 'choosing', on: 'mild', to: 'mild', by: 'ballot', article },
    { from: 'choosing', on: 'middling', to: 'middling', by: 'ballot', article },
    { from: 'choosing', on: 'grave', to: 'grave', by: 'ballot', article },
    { from: 'choosing', on: 'withdraw', to: 'withdrawn', by: 'submitter', article },
    { from: 'choosing', on: 'lapse', to: 'lapsed', by: 'administrators', article },
  ],
};
