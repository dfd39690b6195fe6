import { z } from 'zod';
import { DomainError } from '../domain/errors.ts';
import { relisting as contract } from '../workflows/contracts/relisting.ts';
import { accountMatters } from './accountMatters.ts';
import { settle } from './answer.ts';
import { hasEvidence } from './attachments.ts';
import { accountOf } from './caseAccounts.ts';
import { opinion, withOpinion, withReason } from './decisionBody.ts';
import type { ProcessDefinition } from './processDefinition.ts';

/** 恢复列入名单 (Article 4.6): what the process brings to the engine besides its workflow. */
export const relistingProcess: ProcessDefinition = {
  contract,
  bodies: {
    admitRelisting: { admit: withOpinion, return: withReason },
    addGrounds: { resubmit: z.strictObject({ note: opinion }) },
  },
  codes: [],
  effects: {
    async 'admitRelisting.admit'(tx, answer) {
      // What took it off the list was proven; that it is over must be too (系统默认).
      if (!(await hasEvidence(tx))) throw new DomainError('relistingProofMissing');
      return settle(tx, answer);
    },
  },
  slates: {},
  matters: accountMatters,
  async conclude(tx, state) {
    if (state !== 'listed') return;
    const { id } = await accountOf(tx);
    await tx.sql(
      `UPDATE accounts SET on_list = true, delisted_case_id = NULL WHERE id = $1 AND state <> 'terminated'`,
      [id],
    );
  },
};
