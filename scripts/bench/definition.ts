import type { ProcessDefinition } from '../../cases/processDefinition.ts';
import { bench as contract } from './contract.ts';

export const benchProcess: ProcessDefinition = {
  contract,
  bodies: {},
  codes: [],
  effects: {},
  slates: {},
  // It concerns no one client, so that nobody is recused by rule: all thirteen seats vote.
  matters: async () => ({ level: 'company', specialConsideration: false, subject: { kind: 'list' } }),
  conclude: async () => {},
};
