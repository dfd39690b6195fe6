import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { benchLifecycle as lifecycle } from './lifecycle.ts';

const approving: StepSpec = { state: 'approving', article: '系统默认', ballot: { matter: 'approve' } };

export const bench = {
  process: 'bench',
  lifecycle,
  numberPrefix: 'X',
  steps: { approving, ...ballotSideSteps('approving', approving) },
} as const satisfies ProcessContract;
