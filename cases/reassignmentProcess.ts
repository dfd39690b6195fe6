import { z } from 'zod';
import { DomainError } from '../domain/errors.ts';
import { admissionOf, isForCause } from '../domain/reassignment.ts';
import { reassignment as contract } from '../workflows/contracts/reassignment.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, settle } from './answer.ts';
import { hasEvidence } from './attachments.ts';
import { officeSlate } from './companySlates.ts';
import { id, reason, withOpinion, withReason } from './decisionBody.ts';
import { endFromOutside } from './ending.ts';
import { closeHandover, givers, openHandover, takers, tick } from './handover.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import {
  concerns,
  managersOf,
  nothingLeft,
  type ReassignmentRow,
  reassignmentRow,
  stillHeld,
  unitParty,
} from './reassignments.ts';
import type { FactRow } from './records.ts';
import { endCoHoldings, nameSuccessors, nominators, succeed, vacate } from './successors.ts';
import type { CaseTransaction } from './transaction.ts';

const successors = z.strictObject({
  /** One for all accounts of the case, but for those named in `each`. */
  managerId: id.optional(),
  each: z
    .array(z.strictObject({ accountId: id, managerId: id }))
    .max(200)
    .optional(),
  reason: reason.optional(),
});
const items = z.strictObject({ itemIds: z.array(id).min(1).max(500), note: reason.optional() });

/** 撤换 / 工作调整 (Articles 7.3, 4.3): what the reassignment brings to the engine besides its workflow. */
export const reassignmentProcess: ProcessDefinition = {
  contract,
  bodies: {
    admit: { admit: withOpinion, arrange: withOpinion, hear: withOpinion, dismiss: withReason },
    statement: { state: z.strictObject({ statement: reason }) },
    nominate: { nominate: successors },
    appoint: { appoint: successors },
    handOver: { handOver: items },
    takeOver: { takeOver: items },
    closeHandover: { close: withReason },
  },
  codes: ['managerId', 'each', 'itemIds'],
  effects: {
    'admit.admit': admit,
    'admit.arrange': admit,
    'admit.hear': admit,
    'nominate.nominate': nameSuccessors,
    'appoint.appoint': nameSuccessors,
    'handOver.handOver': tick,
    'takeOver.takeOver': tick,
    'closeHandover.close': closeHandover,
  },
  slates: {
    admitting: async (tx) => {
      const { replaces, ground } = await reassignmentRow(tx);
      return [{ ...(await officeSlate(tx)), actions: [admissionOf(replaces, ground), 'dismiss'] }];
    },
    concerned: async (tx) => {
      const row = await reassignmentRow(tx);
      const head = roleKey('unitHead', row.unitId);
      if (row.replaces !== 'manager')
        return [{ candidates: [head], escalations: [[roleKey('marketingDeputy', row.unitId)]] }];
      return managersOf(row).map((managerId) => ({ candidates: [personKey(managerId)], escalations: [[head]] }));
    },
    recommendingUnit: async (tx) => [nominators(tx)],
    givers,
    takers,
  },
  entering: {
    nominating: unlessEnded(vacate),
    confirming: unlessEnded(async () => {}),
    ending: unlessEnded(async () => {}),
    handover: unlessEnded(async (tx) => {
      await succeed(tx);
      await endCoHoldings(tx);
      await openHandover(tx);
    }),
  },
  async matters(tx) {
    const row = await reassignmentRow(tx);
    const accounts = stillHeld(row);
    const nominees = accounts.flatMap(({ nomineeId }) => nomineeId ?? []);
    return {
      level: accounts.some(({ grade }) => grade === 'company') ? 'company' : 'branch',
      specialConsideration: false,
      subject: {
        kind: 'client',
        // The unit that holds it and the one that would, or would remain, are both concerned (系统默认 for the second).
        unitIds: [...new Set([row.unitId, ...(row.newUnitId ? [row.newUnitId] : []), ...remaining(row)])],
        // Of the removal the manager concerned, of the confirmation whoever is nominated.
        personIds: [...new Set(nominees.length > 0 ? nominees : managersOf(row))],
      },
    };
  },
  conclude: async () => {},
};

/** The office admits it: from now on the unit it is about has it, and those concerned may read it. @throws DomainError `evidenceMissing` */
async function admit(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const row = await reassignmentRow(tx);
  if (isForCause(row.ground) && !(await hasEvidence(tx))) throw new DomainError('evidenceMissing');
  await concerns(tx, [unitParty(row.unitId), ...managersOf(row).map(personKey)]);
  tx.moveTo(row.unitId);
  return settle(tx, answer);
}

/** Where a co-holding ends, the unit that leads the account gains by it. */
const remaining = (row: ReassignmentRow): string[] =>
  row.replaces === 'coHolding' ? stillHeld(row).map(({ leadUnitId }) => leadUnitId) : [];

/** Where all its accounts have ended meanwhile, or the holding was given up, the case lapses instead. */
function unlessEnded(work: (tx: CaseTransaction) => Promise<void>): (tx: CaseTransaction) => Promise<void> {
  return async (tx) => {
    if (await nothingLeft(tx)) endFromOutside(tx, 'lapsed');
    else await work(tx);
  };
}
