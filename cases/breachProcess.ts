import { z } from 'zod';
import { breach as contract } from '../workflows/contracts/breach.ts';
import { accountRow } from './accounts.ts';
import { holdersOf, roleKey } from './actor.ts';
import { settle } from './answer.ts';
import { opinion, reason, withOpinion, withReason } from './decisionBody.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import { concerns, unitParty } from './reassignments.ts';
import type { CaseTransaction } from './transaction.ts';

/** 专属侵权举报 (Article 7.3): what the process brings to the engine besides its workflow. */
export const breachProcess: ProcessDefinition = {
  contract,
  bodies: {
    admitBreach: { admit: withOpinion, dismiss: withReason },
    stateBreach: { state: z.strictObject({ statement: opinion }) },
    concludeBreach: { record: z.strictObject({ consequence: reason }) },
  },
  codes: [],
  effects: {
    'admitBreach.admit': async (tx, answer) => {
      // From now on the accused unit reads, as a party, what it is said to have done.
      const { accusedUnitId } = await breachOf(tx);
      await tx.sql('UPDATE breaches SET admitted = true WHERE case_id = $1', [tx.case.id]);
      await concerns(tx, [unitParty(accusedUnitId)]);
      return settle(tx, answer);
    },
  },
  slates: {
    accusedUnit: async (tx) => {
      const { accusedUnitId } = await breachOf(tx);
      return [
        {
          candidates: [roleKey('unitHead', accusedUnitId), roleKey('marketingDeputy', accusedUnitId)],
          escalations: [],
        },
      ];
    },
  },
  async matters(tx) {
    const { accountId, accusedUnitId, holderUnitId } = await breachOf(tx);
    const { grade } = await accountRow(tx.client, accountId);
    return {
      level: grade,
      specialConsideration: false,
      // Neither who is said to have done it nor who says so decides.
      subject: { kind: 'client', unitIds: [...new Set([tx.case.unitId, holderUnitId, accusedUnitId])], personIds: [] },
    };
  },
  async conclude(tx, state) {
    const { accusedUnitId, admitted } = await breachOf(tx);
    if (!admitted || !['upheld', 'unfounded'].includes(state)) return;
    for (const person of await holdersOf(tx.client, [roleKey('unitHead', accusedUnitId)]))
      tx.notify(person, 'caseConcluded');
  },
};

async function breachOf(tx: CaseTransaction): Promise<{
  readonly accountId: string;
  readonly accusedUnitId: string;
  readonly holderUnitId: string;
  readonly admitted: boolean;
}> {
  const [row] = await tx.sql(
    'SELECT account_id AS "accountId", accused_unit_id AS "accusedUnitId", holder_unit_id AS "holderUnitId", admitted FROM breaches WHERE case_id = $1',
    [tx.case.id],
  );
  return row as Awaited<ReturnType<typeof breachOf>>;
}
