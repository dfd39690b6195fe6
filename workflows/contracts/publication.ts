import { ballotSideSteps, type ProcessContract, type StepSpec } from '../../domain/process.ts';
import { publication as lifecycle } from '../../domain/publication.ts';

const approving: StepSpec = { state: 'voting', article: '4.6', ballot: { matter: 'approve' } };
const ratifying: StepSpec = { state: 'voting', article: '4.6', ballot: { matter: 'ratify' } };

/** 大客户名单 (Articles 4.6, 8): one edition, from its snapshot to its signature. */
export const publication = {
  process: 'publication',
  lifecycle,
  numberPrefix: 'E',
  steps: {
    compiling: {
      state: 'compiling',
      article: '3',
      tasks: [
        { kind: 'compileList', candidates: 'office', actions: ['put'], due: 'assessingDays', silence: 'escalate' },
      ],
    },
    companyPart: approving,
    ...ballotSideSteps('companyPart', approving),
    branchPart: ratifying,
    ...ballotSideSteps('branchPart', ratifying),
    signing: {
      state: 'signing',
      article: '8',
      tasks: [
        {
          kind: 'signList',
          candidates: 'director',
          actions: ['sign', 'return'],
          due: 'signingDays',
          silence: 'escalate',
        },
      ],
    },
  },
} as const satisfies ProcessContract;

/** The workflow a Temporal Schedule starts on the first of each month (Article 8). */
export const PUBLICATION_STARTER = 'publicationStarter';

/** What it asks of the facts; implemented in `activities/publication.ts`. */
export type PublicationActivities = {
  /** Begins an edition of the list where one is due by `now`, in milliseconds since 1970 UTC, and none is being prepared. */
  beginDueEdition(input: { readonly now: number }): Promise<void>;
};
