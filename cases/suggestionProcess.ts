import { z } from 'zod';
import { planForm } from '../forms/plan.ts';
import { suggestion as contract } from '../workflows/contracts/suggestion.ts';
import { accountMatters } from './accountMatters.ts';
import { type Answer, settle } from './answer.ts';
import { accountsOf } from './caseAccounts.ts';
import { opinion, withReason } from './decisionBody.ts';
import { planBodies, planCodes, planEffects, planEntering, planSilences, planSlates } from './planSupervision.ts';
import { endPlan, openPlan } from './plans.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

const withPlan = z.strictObject({ plan: planForm, opinion: opinion.optional() });

/** 风险预警、强化攻关建议等 (Article 6.3): what the process brings to the engine besides its workflow. */
export const suggestionProcess: ProcessDefinition = {
  contract,
  bodies: {
    weigh: { accept: withPlan, refer: withPlan, return: withReason, refuse: withReason },
    addGrounds: { resubmit: z.strictObject({ note: opinion }) },
    ...planBodies,
  },
  codes: planCodes,
  effects: {
    'weigh.accept': (tx, answer) => withPlanOf(tx, answer, 'underway'),
    // The committee decides on the plan, not on a wish (系统默认).
    'weigh.refer': (tx, answer) => withPlanOf(tx, answer, 'proposed'),
    ...planEffects,
  },
  silences: planSilences,
  entering: planEntering,
  slates: planSlates,
  matters: accountMatters,
  async conclude(tx) {
    await endPlan(tx, null);
  },
};

async function withPlanOf(tx: CaseTransaction, answer: Answer, state: 'proposed' | 'underway'): Promise<FactRow> {
  const [accountId] = await accountsOf(tx);
  await openPlan(tx, String(accountId), planForm.parse(answer.body.plan), state);
  return settle(tx, answer);
}
