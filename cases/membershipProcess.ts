import { membership as contract } from '../workflows/contracts/membership.ts';
import { settle } from './answer.ts';
import { nothing, withOpinion, withReason } from './decisionBody.ts';
import { changeMembership, guardMembership, secondPerson } from './memberships.ts';
import type { ProcessDefinition } from './processDefinition.ts';

/** 成员单位变更: what the process brings to the engine besides its workflow. */
export const membershipProcess: ProcessDefinition = {
  contract,
  bodies: {
    examineMembership: { accept: withOpinion, refuse: withReason },
    checkMembership: { confirm: nothing, refuse: withReason },
  },
  codes: [],
  effects: {
    'examineMembership.accept': async (tx, answer) => {
      await guardMembership(tx, answer.actor);
      return settle(tx, answer);
    },
    'checkMembership.confirm': async (tx, answer) => {
      await guardMembership(tx, answer.actor);
      return settle(tx, answer);
    },
  },
  slates: { secondPerson },
  async conclude(tx, state) {
    await tx.sql('UPDATE recommendation_entities SET open = false WHERE case_id = $1', [tx.case.id]);
    if (state === 'changed') await changeMembership(tx);
  },
};
