import { allocation as lifecycle } from '../../domain/allocation.ts';
import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';

const deciding: StepSpec = { state: 'deciding', article: '7.2', ballot: { matter: 'byGrade' } };
const releasing: StepSpec = { state: 'releasing', article: '7.2', ballot: { matter: 'byGrade' } };

/** 项目承建协商: which unit builds a project outside the leading unit's territory (Article 7.2). */
export const allocation = {
  process: 'allocation',
  lifecycle,
  numberPrefix: 'P',
  steps: {
    firstChoice: {
      state: 'firstChoice',
      article: '7.2',
      tasks: [
        {
          kind: 'chooseFirst',
          candidates: 'nextChooser',
          actions: ['claim', 'leave'],
          due: 'firstChoiceDays',
          silence: 'outcome',
        },
      ],
    },
    consultation: {
      state: 'consultation',
      article: '7.2',
      tasks: [
        {
          kind: 'giveUnitView',
          candidates: 'unitsConcerned',
          actions: ['state'],
          due: 'consultationDays',
          silence: 'outcome',
        },
        {
          kind: 'recordClientView',
          candidates: 'leadManager',
          actions: ['state'],
          due: 'consultationDays',
          silence: 'outcome',
        },
      ],
    },
    proposing: {
      state: 'proposing',
      article: '系统默认',
      tasks: [
        {
          kind: 'proposeBuilder',
          candidates: 'office',
          actions: ['propose', 'release'],
          due: 'proposingDays',
          silence: 'escalate',
        },
      ],
    },
    deciding,
    ...ballotSideSteps('deciding', deciding),
    releasing,
    ...ballotSideSteps('releasing', releasing),
    directing: {
      state: 'proposing',
      article: '系统默认',
      tasks: [
        {
          kind: 'decideBuilder',
          candidates: 'director',
          actions: ['allocate', 'giveFree'],
          due: 'proposingDays',
          silence: 'escalate',
        },
      ],
    },
  },
} as const satisfies ProcessContract;
