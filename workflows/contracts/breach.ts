import { breach as lifecycle } from '../../domain/breach.ts';
import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';

const deciding: StepSpec = { state: 'deciding', article: '7.3', ballot: { matter: 'byGrade' } };

/** 专属侵权举报 (Article 7.3). Whatever else the committee decides is approved or ratified by the grade of the account. */
export const breach = {
  process: 'breach',
  lifecycle,
  numberPrefix: 'V',
  steps: {
    admission: {
      state: 'admission',
      article: '系统默认',
      tasks: [
        {
          kind: 'admitBreach',
          candidates: 'office',
          actions: ['admit', 'dismiss'],
          barred: 'submitter',
          due: 'breachAdmissionDays',
          silence: 'escalate',
        },
      ],
    },
    statement: {
      state: 'statement',
      article: '系统默认',
      tasks: [
        {
          kind: 'stateBreach',
          candidates: 'accusedUnit',
          actions: ['state'],
          due: 'breachStatementDays',
          silence: 'outcome',
        },
      ],
    },
    deciding,
    ...ballotSideSteps('deciding', deciding),
    concluding: {
      state: 'concluding',
      article: '系统默认',
      tasks: [
        {
          kind: 'concludeBreach',
          candidates: 'office',
          actions: ['record'],
          barred: 'submitter',
          due: 'breachAdmissionDays',
          silence: 'escalate',
        },
      ],
    },
  },
} as const satisfies ProcessContract;
