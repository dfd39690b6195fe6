import { addingGrounds } from '../../domain/admission.ts';
import { planSteps } from '../../domain/plan.ts';
import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { suggestion as lifecycle } from '../../domain/suggestion.ts';

const deciding: StepSpec = { state: 'deciding', article: '系统默认', ballot: { matter: 'byGrade' } };

/** 风险预警、强化攻关建议等 (Article 6.3): weighed by the office, decided by the committee where it is asked, carried out by a plan. */
export const suggestion = {
  process: 'suggestion',
  lifecycle,
  numberPrefix: 'W',
  steps: {
    weighing: {
      state: 'weighing',
      article: '6.3',
      tasks: [
        {
          kind: 'weigh',
          candidates: 'office',
          actions: ['accept', 'refer', 'return', 'refuse'],
          barred: 'submitter',
          due: 'weighingDays',
          silence: 'escalate',
        },
      ],
    },
    supplementing: addingGrounds,
    deciding,
    ...ballotSideSteps('deciding', deciding),
    ...planSteps('carryingOut', '6.3'),
  },
} as const satisfies ProcessContract;
