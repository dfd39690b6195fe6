import type { Lifecycle } from '../../../domain/lifecycle.ts';

export type BulletinState = 'reviewing' | 'revising' | 'ratifying' | 'published' | 'refused' | 'withdrawn' | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

/** 内部信息通报: a unit's bulletin is published, or not (Article 4.4). */
export const bulletin: Lifecycle<BulletinState> = {
  process: 'bulletin',
  initial: 'reviewing',
  states: {
    reviewing: { terminal: false, article: 'Article 3', zhKey: 'bulletin.reviewing' },
    revising: { terminal: false, article: ASSUMPTION, zhKey: 'bulletin.revising' },
    ratifying: { terminal: false, article: 'Article 4.4', zhKey: 'bulletin.ratifying' },
    published: { terminal: true, article: 'Article 4.4', zhKey: 'bulletin.published' },
    refused: { terminal: true, article: ASSUMPTION, zhKey: 'bulletin.refused' },
    withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'bulletin.withdrawn' },
    lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'bulletin.lapsed' },
  },
  transitions: [
    { from: 'reviewing', on: 'publish', to: 'published', by: 'office', article: 'Article 4.4' },
    { from: 'reviewing', on: 'return', to: 'revising', by: 'office', article: ASSUMPTION },
    { from: 'reviewing', on: 'refer', to: 'ratifying', by: 'office', article: ASSUMPTION },
    { from: 'reviewing', on: 'withdraw', to: 'withdrawn', by: 'submitter', article: ASSUMPTION },
    { from: 'revising', on: 'resubmit', to: 'reviewing', by: 'submitter', article: ASSUMPTION },
    { from: 'revising', on: 'silent', to: 'lapsed', by: 'deadline', article: ASSUMPTION },
    { from: 'revising', on: 'withdraw', to: 'withdrawn', by: 'submitter', article: ASSUMPTION },
    { from: 'ratifying', on: 'passed', to: 'published', by: 'ballot', article: 'Article 4.4' },
    { from: 'ratifying', on: 'failed', to: 'refused', by: 'ballot', article: ASSUMPTION },
    { from: 'ratifying', on: 'lapse', to: 'lapsed', by: 'office', article: ASSUMPTION },
    { from: 'ratifying', on: 'withdraw', to: 'withdrawn', by: 'submitter', article: ASSUMPTION },
  ],
};
