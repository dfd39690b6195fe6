import { endingsOf, type Lifecycle } from './lifecycle.ts';

/**
 * 恢复列入名单: an account that was taken off the list 调出名单, and with which cooperation went on, comes back onto it. The committee approves or
 * ratifies the list (Article 4.6), so it decides; the rest of the way is 系统默认.
 */
export type RelistingState = 'admission' | 'supplementing' | 'deciding' | 'listed' | 'refused' | 'withdrawn' | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

const states: Lifecycle<RelistingState>['states'] = {
  admission: { terminal: false, article: 'Article 3', zhKey: 'relisting.admission' },
  supplementing: { terminal: false, article: ASSUMPTION, zhKey: 'relisting.supplementing' },
  deciding: { terminal: false, article: 'Article 4.6', zhKey: 'relisting.deciding' },
  listed: { terminal: true, article: 'Article 4.6', zhKey: 'relisting.listed' },
  refused: { terminal: true, article: ASSUMPTION, zhKey: 'relisting.refused' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'relisting.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'relisting.lapsed' },
};

export const relisting: Lifecycle<RelistingState> = {
  process: 'relisting',
  initial: 'admission',
  states,
  transitions: [
    { from: 'admission', on: 'admit', to: 'deciding', by: 'office', article: 'Article 3' },
    { from: 'admission', on: 'return', to: 'supplementing', by: 'office', article: ASSUMPTION },
    { from: 'supplementing', on: 'resubmit', to: 'admission', by: 'submitter', article: ASSUMPTION },
    { from: 'supplementing', on: 'silent', to: 'lapsed', by: 'deadline', article: ASSUMPTION },
    { from: 'deciding', on: 'passed', to: 'listed', by: 'ballot', article: 'Article 4.6' },
    { from: 'deciding', on: 'failed', to: 'refused', by: 'ballot', article: ASSUMPTION },
    ...endingsOf<RelistingState>(states),
  ],
};
