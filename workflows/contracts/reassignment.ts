import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { reassignment as lifecycle } from '../../domain/reassignment.ts';
import { nominationSteps } from './nomination.ts';

const removing: StepSpec = { state: 'removing', article: '7.3', ballot: { matter: 'byGrade' } };
const ending: StepSpec = { state: 'ending', article: '4.3', ballot: { matter: 'byGrade' } };

/** 撤换 / 工作调整: the manager or the recommending unit of key accounts is replaced (Articles 7.3, 4.3). */
export const reassignment = {
  process: 'reassignment',
  lifecycle,
  numberPrefix: 'G',
  aboutAnotherUnit: true,
  steps: {
    admission: {
      state: 'admission',
      article: '3',
      tasks: [
        {
          kind: 'admit',
          candidates: 'admitting',
          actions: ['admit', 'arrange', 'hear', 'dismiss'],
          barred: 'submitter',
          due: 'admissionDays',
          silence: 'escalate',
        },
      ],
    },
    statement: {
      state: 'statement',
      article: '系统默认',
      tasks: [
        { kind: 'statement', candidates: 'concerned', actions: ['state'], due: 'statementDays', silence: 'outcome' },
      ],
    },
    hearing: {
      state: 'hearing',
      article: '系统默认',
      tasks: [
        { kind: 'statement', candidates: 'concerned', actions: ['state'], due: 'statementDays', silence: 'outcome' },
      ],
    },
    ending,
    ...ballotSideSteps('ending', ending),
    removing,
    ...ballotSideSteps('removing', removing),
    ...nominationSteps,
    // The account has lost its manager already: the director names one, and does not end it.
    appointing: {
      ...nominationSteps.appointing,
      tasks: [{ ...nominationSteps.appointing.tasks[0], actions: ['appoint'] }],
    },
    handover: {
      state: 'handover',
      article: '系统默认',
      tasks: [
        { kind: 'handOver', candidates: 'givers', actions: ['handOver'], due: 'handoverDays', silence: 'escalate' },
        { kind: 'takeOver', candidates: 'takers', actions: ['takeOver'], due: 'handoverDays', silence: 'escalate' },
      ],
    },
  },
} as const satisfies ProcessContract;
