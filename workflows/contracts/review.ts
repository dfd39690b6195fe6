import { planSteps } from '../../domain/plan.ts';
import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { review as lifecycle, reviewOptions } from '../../domain/review.ts';

const regrading: StepSpec = {
  state: 'regrading',
  article: '12',
  ballot: { matter: 'byGrade', due: 'reviewDecidingDays' },
};

/** 年度评价 of one account (Article 10.3): reported, evaluated, decided; what is intensified is carried out by a plan. */
export const review = {
  process: 'review',
  lifecycle,
  numberPrefix: 'Y',
  aboutAnotherUnit: true,
  steps: {
    reporting: {
      state: 'reporting',
      article: '10.3',
      tasks: [
        {
          kind: 'reportYear',
          candidates: 'reporter',
          actions: ['report'],
          due: 'named',
          reminders: [14, 7],
          silence: 'levelsThenOutcome',
        },
      ],
    },
    endorsing: {
      state: 'endorsing',
      article: '系统默认',
      tasks: [
        {
          kind: 'endorseReport',
          candidates: 'reportEndorser',
          actions: ['endorse', 'return'],
          due: 'endorsingDays',
          silence: 'escalate',
        },
      ],
    },
    evaluating: {
      state: 'evaluating',
      article: '10.3',
      tasks: [
        {
          kind: 'assess',
          candidates: 'assessors',
          actions: ['assess', 'assessGrade'],
          due: 'assessingDays',
          silence: 'escalate',
        },
      ],
    },
    regrading,
    ...ballotSideSteps('regrading', regrading),
    deciding: {
      state: 'deciding',
      article: '10.3',
      ballot: { matter: 'byGrade', options: reviewOptions, due: 'reviewDecidingDays' },
    },
    planning: {
      state: 'planning',
      article: '系统默认',
      tasks: [
        { kind: 'planPursuit', candidates: 'planners', actions: ['plan'], due: 'planningDays', silence: 'escalate' },
      ],
    },
    ...planSteps('carryingOut', '10.3'),
  },
} as const satisfies ProcessContract;
