import { ballotSideSteps, type StepSpec } from '../../domain/process.ts';

const confirming: StepSpec = { state: 'confirming', article: '7.1', ballot: { matter: 'confirm' } };

/** The steps of `confirmedManager` (`workflows/nomination.ts`), in every contract whose prose has it. */
export const nominationSteps = {
  nominating: {
    state: 'nominating',
    article: '7.1',
    tasks: [
      {
        kind: 'nominate',
        candidates: 'recommendingUnit',
        actions: ['nominate'],
        due: 'nominatingDays',
        silence: 'headThenOutcome',
      },
    ],
  },
  appointing: {
    state: 'nominating',
    article: '系统默认',
    tasks: [
      {
        kind: 'appoint',
        candidates: 'director',
        actions: ['appoint', 'reject'],
        due: 'appointingDays',
        silence: 'escalate',
      },
    ],
  },
  confirming,
  ...ballotSideSteps('confirming', confirming),
} as const satisfies Readonly<Record<string, StepSpec>>;
