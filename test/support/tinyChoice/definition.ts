import type { CaseDeps } from '../../../cases/deps.ts';
import { newCase } from '../../../cases/newCase.ts';
import type { ProcessDefinition } from '../../../cases/processDefinition.ts';
import { choosing as contract } from './contract.ts';

export const choosingProcess: ProcessDefinition = {
  contract,
  bodies: {},
  codes: [],
  effects: {},
  slates: {},
  matters: async () => ({ level: 'branch', specialConsideration: false, subject: { kind: 'list' } }),
  conclude: async () => {},
};

/** Puts a choice to the committee. */
export const beginChoosing = (deps: CaseDeps, personId: string): Promise<{ caseId: string }> =>
  newCase(deps, contract, personId, (tx) => {
    tx.rename('选项表决');
    tx.fact({ kind: 'submitted', action: 'submit', actorId: personId });
    tx.ring();
  });
