import { endingsOf, type Lifecycle } from './lifecycle.ts';

/** 大客户名单的审定、批准与发布 (Articles 4.6, 8): compiled by the office, decided part by part, signed by the director. */
export type PublicationState = 'compiling' | 'voting' | 'signing' | 'published' | 'withdrawn' | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';
const LIST = 'Article 4.6';

const states: Lifecycle<PublicationState>['states'] = {
  compiling: { terminal: false, article: 'Article 3', zhKey: 'publication.compiling' },
  voting: { terminal: false, article: LIST, zhKey: 'publication.voting' },
  signing: { terminal: false, article: ASSUMPTION, zhKey: 'publication.signing' },
  published: { terminal: true, article: 'Article 8', zhKey: 'publication.published' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'publication.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'publication.lapsed' },
};

export const publication: Lifecycle<PublicationState> = {
  process: 'publication',
  initial: 'compiling',
  states,
  transitions: [
    { from: 'compiling', on: 'put', to: 'voting', by: 'office', article: LIST },
    // The company-level part is approved 审定 first, then the branch-level part is ratified 批准: both stay here.
    { from: 'voting', on: 'passed', to: 'signing', by: 'ballot', article: LIST },
    { from: 'voting', on: 'failed', to: 'compiling', by: 'ballot', article: ASSUMPTION },
    { from: 'signing', on: 'sign', to: 'published', by: 'director', article: 'Article 8' },
    { from: 'signing', on: 'return', to: 'compiling', by: 'director', article: ASSUMPTION },
    ...endingsOf<PublicationState>(states),
  ],
};
