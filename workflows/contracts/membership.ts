import { membership as lifecycle } from '../../domain/membership.ts';
import type { ProcessContract } from '../../domain/process.ts';

/** 成员单位变更: linking an entity to a group is the office's decision, taken by two persons (系统默认). */
export const membership = {
  process: 'membership',
  lifecycle,
  numberPrefix: 'M',
  steps: {
    examining: {
      state: 'examining',
      article: '系统默认',
      tasks: [
        {
          kind: 'examineMembership',
          candidates: 'office',
          actions: ['accept', 'refuse'],
          barred: 'submitter',
          due: 'membershipDays',
          silence: 'escalate',
        },
      ],
    },
    checking: {
      state: 'checking',
      article: '系统默认',
      tasks: [
        {
          kind: 'checkMembership',
          candidates: 'secondPerson',
          actions: ['confirm', 'refuse'],
          due: 'membershipDays',
          silence: 'escalate',
        },
      ],
    },
  },
} as const satisfies ProcessContract;
