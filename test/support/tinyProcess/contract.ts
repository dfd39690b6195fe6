import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../../domain/process.ts';
import { bulletin as lifecycle } from './lifecycle.ts';

const ratifying: StepSpec = { state: 'ratifying', article: '4.4', ballot: { matter: 'ratify' } };

/** 内部信息通报 (Article 4.4). */
export const bulletin = {
  process: 'bulletin',
  lifecycle,
  numberPrefix: 'B',
  steps: {
    reviewing: {
      state: 'reviewing',
      article: '3',
      tasks: [
        {
          kind: 'review',
          candidates: 'office',
          actions: ['publish', 'return', 'refer'],
          barred: 'submitter',
          due: 'screeningDays',
          silence: 'escalate',
        },
      ],
    },
    revising: {
      state: 'revising',
      article: '系统默认',
      tasks: [
        {
          kind: 'redraft',
          candidates: 'authors',
          actions: ['resubmit'],
          due: 'supplementingDays',
          silence: 'outcome',
        },
      ],
    },
    ratifying,
    ...ballotSideSteps('ratifying', ratifying),
  },
} as const satisfies ProcessContract;
