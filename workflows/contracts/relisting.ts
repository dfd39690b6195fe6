import { addingGrounds, admission } from '../../domain/admission.ts';
import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { relisting as lifecycle } from '../../domain/relisting.ts';

const deciding: StepSpec = { state: 'deciding', article: '4.6', ballot: { matter: 'byGrade' } };

/** 恢复列入名单: an account that was taken off the list comes back onto it (Article 4.6). */
export const relisting = {
  process: 'relisting',
  lifecycle,
  numberPrefix: 'L',
  steps: {
    admission: admission('admitRelisting'),
    supplementing: addingGrounds,
    deciding,
    ...ballotSideSteps('deciding', deciding),
  },
} as const satisfies ProcessContract;
