import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { relisting as lifecycle } from '../../domain/relisting.ts';

const deciding: StepSpec = { state: 'deciding', article: '4.6', ballot: { matter: 'byGrade' } };

/** 恢复列入名单: an account that was taken off the list comes back onto it (Article 4.6). */
export const relisting = {
  process: 'relisting',
  lifecycle,
  numberPrefix: 'L',
  steps: {
    admission: {
      state: 'admission',
      article: '3',
      tasks: [
        {
          kind: 'admitRelisting',
          candidates: 'office',
          actions: ['admit', 'return'],
          barred: 'submitter',
          due: 'screeningDays',
          silence: 'escalate',
        },
      ],
    },
    supplementing: {
      state: 'supplementing',
      article: '系统默认',
      tasks: [
        {
          kind: 'addGrounds',
          candidates: 'submitter',
          actions: ['resubmit'],
          due: 'supplementingDays',
          silence: 'outcome',
        },
      ],
    },
    deciding,
    ...ballotSideSteps('deciding', deciding),
  },
} as const satisfies ProcessContract;
