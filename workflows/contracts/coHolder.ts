import { coHolder as lifecycle } from '../../domain/coHolder.ts';
import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { nominationSteps } from './nomination.ts';

const deciding: StepSpec = { state: 'deciding', article: '7.4', ballot: { matter: 'byGrade' } };

/** 增加推荐单位或客户经理: a co-holder of a key account (Article 7.4). */
export const coHolder = {
  process: 'coHolder',
  lifecycle,
  numberPrefix: 'K',
  steps: { deciding, ...ballotSideSteps('deciding', deciding), ...nominationSteps },
} as const satisfies ProcessContract;
