import { z } from 'zod';
import { DomainError } from '../domain/errors.ts';
import { publicationForm } from '../forms/publication.ts';
import { publication as contract } from '../workflows/contracts/publication.ts';
import { type Answer, settle } from './answer.ts';
import { withReason } from './decisionBody.ts';
import { publish, strikeOut, takeSnapshot } from './editions.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/** 大客户名单 (Articles 4.6, 8): what the publication brings to the engine besides its workflow. */
export const publicationProcess: ProcessDefinition = {
  contract,
  bodies: {
    compileList: { put: publicationForm },
    signList: { sign: z.strictObject({}), return: withReason },
  },
  codes: [],
  effects: {
    'compileList.put': put,
    async 'signList.sign'(tx, answer) {
      await strikeOut(tx);
      return settle(tx, answer);
    },
  },
  entering: {
    async compiling(tx) {
      await takeSnapshot(tx);
    },
    signing: strikeOut,
  },
  slates: {},
  // The list as a whole is nobody's own matter: nobody is recused by rule.
  matters: async () => ({ level: 'company', specialConsideration: false, subject: { kind: 'list' } }),
  async conclude(tx, state) {
    if (state === 'published') await publish(tx, await signer(tx));
    else await tx.sql('UPDATE editions SET open = false WHERE case_id = $1', [tx.case.id]);
  },
};

/** The office puts the list, as it is at this instant, to the vote. @throws DomainError `listEmpty` */
async function put(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const parts = await takeSnapshot(tx);
  if (parts.length === 0) throw new DomainError('listEmpty');
  const { noticeNo, readers, secrecyLevel, secrecyTerm } = publicationForm.parse(answer.body);
  await tx.sql(
    'UPDATE editions SET notice_no = $2, readers = $3, secrecy_level = $4, secrecy_term = $5 WHERE case_id = $1',
    [tx.case.id, noticeNo ?? null, readers, secrecyLevel, secrecyTerm],
  );
  // The workflow learns which parts there are, and nothing of what the notice says.
  return settle(tx, answer, { parts });
}

async function signer(tx: CaseTransaction): Promise<string> {
  const [fact] = await tx.sql(
    `SELECT coalesce(on_behalf_of, actor_id) AS id FROM facts WHERE case_id = $1 AND kind = 'decided' AND action = 'sign' ORDER BY seq DESC LIMIT 1`,
    [tx.case.id],
  );
  return String(fact?.id);
}
