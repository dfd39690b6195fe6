import { z } from 'zod';
import { DomainError } from '../domain/errors.ts';
import { exit as contract } from '../workflows/contracts/exit.ts';
import { accountMatters } from './accountMatters.ts';
import { accountRow } from './accounts.ts';
import { personKey, roleKey } from './actor.ts';
import { settle } from './answer.ts';
import { hasEvidence } from './attachments.ts';
import { accountsOf } from './caseAccounts.ts';
import { opinion, withOpinion, withReason } from './decisionBody.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import { terminate } from './termination.ts';
import type { CaseTransaction } from './transaction.ts';

const stated = { state: z.strictObject({ statement: opinion }) };

/** 年中退出 (系统默认): what the process brings to the engine besides its workflow. */
export const exitProcess: ProcessDefinition = {
  contract,
  bodies: {
    admitExit: { admit: withOpinion, return: withReason },
    addGrounds: { resubmit: z.strictObject({ note: opinion }) },
    stateUnit: stated,
    stateManager: stated,
  },
  codes: [],
  effects: {
    async 'admitExit.admit'(tx, answer) {
      // Nothing goes to the committee on hearsay: the ruling, listing, notice or agreement lies with the case (系统默认).
      if (!(await hasEvidence(tx))) throw new DomainError('exitProofMissing');
      return settle(tx, answer);
    },
  },
  slates: {
    holdingUnits: async (tx) =>
      [...new Set((await holdingsOf(tx)).map(({ unitId }) => unitId))].map((unitId) => ({
        candidates: [roleKey('unitHead', unitId), roleKey('marketingDeputy', unitId)],
        escalations: [],
        subject: { unitId },
      })),
    managers: async (tx) =>
      [...new Set((await holdingsOf(tx)).flatMap(({ managerId }) => managerId ?? []))].map((managerId) => ({
        candidates: [personKey(managerId)],
        escalations: [],
      })),
  },
  matters: accountMatters,
  async conclude(tx, state) {
    const [accountId] = await accountsOf(tx);
    const before = await accountRow(tx.client, String(accountId));
    if (state === 'ended' && before.state !== 'terminated') await terminate(tx, before.id);
    if (state === 'delisted')
      await tx.sql('UPDATE accounts SET on_list = false, delisted_case_id = $2 WHERE id = $1', [accountId, tx.case.id]);
  },
};

const holdingsOf = async (tx: CaseTransaction) => {
  const [accountId] = await accountsOf(tx);
  return (await accountRow(tx.client, String(accountId))).holdings;
};
