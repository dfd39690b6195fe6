import { z } from 'zod';
import { personKey, roleKey } from '../../../cases/actor.ts';
import { withOpinion, withReason } from '../../../cases/decisionBody.ts';
import type { ProcessDefinition } from '../../../cases/processDefinition.ts';
import { filled } from '../../../forms/fields.ts';
import { bulletin as contract } from './contract.ts';

/** What a bulletin consists of. */
export const bulletinForm = z.strictObject({ text: filled(4000) });

/** 内部信息通报 (Article 4.4): what the process brings to the engine besides its workflow. */
export const bulletinProcess: ProcessDefinition = {
  contract,
  bodies: {
    review: { publish: withOpinion, return: withReason, refer: withReason },
    redraft: { resubmit: bulletinForm },
  },
  codes: [],
  effects: {},
  slates: {
    // Whoever wrote it, or his unit's deputy manager for marketing; the unit's head where both have left.
    authors: async ({ case: { submitterId, unitId } }) => [
      {
        candidates: [personKey(submitterId), roleKey('marketingDeputy', unitId)],
        escalations: [[roleKey('unitHead', unitId)]],
      },
    ],
  },
  // It concerns no one client, so that nobody is recused by rule.
  matters: async () => ({ level: 'branch', specialConsideration: false, subject: { kind: 'list' } }),
  conclude: async () => {},
};
