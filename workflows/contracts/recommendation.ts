import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { recommendation as lifecycle } from '../../domain/recommendation.ts';
import { nominationSteps } from './nomination.ts';

const approving: StepSpec = { state: 'approving', article: '4.6', ballot: { matter: 'byGrade' } };

/** 推荐: a unit's proposal that a client become a key account (Articles 7.1, 12, 4.6). */
export const recommendation = {
  process: 'recommendation',
  lifecycle,
  numberPrefix: 'R',
  steps: {
    draft: {
      state: 'draft',
      article: '7.1',
      tasks: [
        { kind: 'revise', candidates: 'submitter', actions: ['submit'], due: 'draftIdleDays', silence: 'outcome' },
      ],
    },
    endorsing: {
      state: 'endorsing',
      article: '7.1',
      tasks: [
        {
          kind: 'endorse',
          candidates: 'endorser',
          actions: ['endorse', 'return'],
          barred: 'submitter',
          due: 'endorsingDays',
          silence: 'escalate',
        },
      ],
    },
    screening: {
      state: 'screening',
      article: '3',
      tasks: [
        {
          kind: 'screen',
          candidates: 'office',
          actions: ['accept', 'return', 'ineligible'],
          // Article 7.3 knows conflicts of interest; that a unit does not examine its own recommendation is 系统默认.
          barred: 'unit',
          due: 'screeningDays',
          silence: 'escalate',
        },
      ],
    },
    supplementing: {
      state: 'supplementing',
      article: '7.1',
      tasks: [
        {
          kind: 'supplement',
          candidates: 'submitter',
          actions: ['resubmit'],
          due: 'supplementingDays',
          silence: 'outcome',
        },
      ],
    },
    evaluating: {
      state: 'evaluating',
      article: '7.1',
      tasks: [
        {
          kind: 'evaluate',
          candidates: 'evaluators',
          actions: ['evaluate'],
          barred: 'unit',
          due: 'evaluatingDays',
          silence: 'outcome',
        },
        {
          kind: 'countersign',
          candidates: 'departments',
          actions: ['countersign'],
          barred: 'unit',
          due: 'evaluatingDays',
          silence: 'outcome',
        },
      ],
    },
    approving,
    ...ballotSideSteps('approving', approving),
    ...nominationSteps,
  },
} as const satisfies ProcessContract;
