import { describe, expect, test } from 'vitest';
import { registerProcess } from '../../cases/processes.ts';
import {
  ballotSideSteps,
  checkContract,
  type ProcessContract,
  type StepSpec,
  type TaskSpec,
} from '../../domain/process.ts';
import { recommendation } from '../../workflows/contracts/recommendation.ts';

const state = (terminal: boolean) => ({ terminal, article: '系统默认', zhKey: 'x' });
const row = (from: string, on: string, to: string) => ({ from, on, to, by: 'office', article: '系统默认' });
const asking: StepSpec = {
  state: 'asking',
  article: '系统默认',
  tasks: [{ kind: 'ask', candidates: 'office', actions: ['answer'], due: 'screeningDays', silence: 'escalate' }],
};

const sound: ProcessContract = {
  process: 'sound',
  numberPrefix: 'S',
  lifecycle: {
    process: 'sound',
    initial: 'asking',
    states: { asking: state(false), answered: state(true), withdrawn: state(true), lapsed: state(true) },
    transitions: [
      row('asking', 'answer', 'answered'),
      row('asking', 'withdraw', 'withdrawn'),
      row('asking', 'lapse', 'lapsed'),
    ],
  },
  steps: { asking },
};

test('the contracts of the product are sound', () => {
  expect(checkContract(sound)).toEqual([]);
  expect(checkContract(recommendation)).toEqual([]);
});

describe('a contract is refused', () => {
  const withStep = (step: StepSpec) => checkContract({ ...sound, steps: { asking: step } });

  test('when a step is in a state the table does not have, or in one that ends it', () => {
    expect(withStep({ ...asking, state: 'elsewhere' })).toEqual(['step asking: no open state elsewhere']);
    expect(withStep({ ...asking, state: 'answered' })).toEqual(['step asking: no open state answered']);
  });

  test('when a step asks nobody', () => {
    expect(withStep({ state: 'asking', article: '系统默认' })).toEqual(['step asking: neither tasks nor a ballot']);
  });

  test('when a ballot has no step for a tie and a missing quorum', () => {
    const voting: StepSpec = { state: 'asking', article: '系统默认', ballot: { matter: 'ratify' } };
    expect(withStep(voting)).toEqual(['step asking: a ballot without its side steps']);
    expect(checkContract({ ...sound, steps: { asking: voting, ...ballotSideSteps('asking', voting) } })).toEqual([]);
  });

  test('when it cannot end withdrawn or lapsed', () => {
    const { lapsed: _, ...states } = sound.lifecycle.states;
    const transitions = sound.lifecycle.transitions.filter(({ to }) => to !== 'lapsed');
    const problems = checkContract({ ...sound, lifecycle: { ...sound.lifecycle, states, transitions } });
    expect(problems).toEqual(['lifecycle: no terminal state lapsed']);
  });

  test('when its table is not sound', () => {
    const transitions = [...sound.lifecycle.transitions, row('asking', 'jump', 'nowhere')];
    const problems = checkContract({ ...sound, lifecycle: { ...sound.lifecycle, transitions } });
    expect(problems).toEqual(['lifecycle: unknownState nowhere on jump']);
  });
});

test('a process is refused when nobody says who a task asks', () => {
  const asks: ProcessContract = {
    ...sound,
    steps: { asking: { ...asking, tasks: [{ ...(asking.tasks?.[0] as TaskSpec), candidates: 'offfice' }] } },
  };
  const definition = { contract: asks, bodies: {}, codes: [], effects: {}, slates: {}, conclude: async () => {} };
  expect(() => registerProcess(definition)).toThrow('task ask: nobody says who offfice is');
});
