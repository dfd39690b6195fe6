import { type AccountRow, accountRow } from './accounts.ts';
import { holdersOf, personKey, roleKey } from './actor.ts';
import { manned } from './manning.ts';
import type { Slate } from './processDefinition.ts';
import type { TaskRow } from './records.ts';
import { reviewOf } from './reviews.ts';
import type { CaseTransaction } from './transaction.ts';

/** Whoever leads the reviewed account: its manager; where there is none the head of its unit. The task says for which holding it was asked. */
export async function managerSlate(tx: CaseTransaction): Promise<Slate> {
  return slateOf(tx, await leadOf(tx));
}

type Holding = AccountRow['holdings'][number];

async function leadOf(tx: CaseTransaction): Promise<Holding | undefined> {
  return leadIn(await accountRow(tx.client, (await reviewOf(tx)).accountId));
}

const leadIn = ({ holdings }: Pick<AccountRow, 'holdings'>): Holding | undefined =>
  holdings.find(({ kind }) => kind === 'lead');

/** Whether another holding leads the account than the one a task was asked for. */
export function hasChangedHands(account: Pick<AccountRow, 'holdings'>, { holdingId }: TaskRow['subject']): boolean {
  const lead = leadIn(account);
  return lead !== undefined && holdingId !== undefined && holdingId !== lead.id;
}

function slateOf(tx: CaseTransaction, lead: Holding | undefined): Slate {
  const head = roleKey('unitHead', lead?.unitId ?? tx.case.unitId);
  const subject = lead ? { holdingId: lead.id } : {};
  return lead?.managerId
    ? { candidates: [personKey(lead.managerId)], escalations: [[head], [roleKey('office')]], subject }
    : { candidates: [head], escalations: [[roleKey('office')]], subject };
}

/** What is asked of whoever leads the account. */
const OF_THE_LEAD = ['reportYear', 'planPursuit'];

/**
 * The account has changed hands meanwhile: the review is the new unit's, and its report, or its plan, the new manager's to give, in the time
 * that is left (系统默认); of an account without a manager the unit's head's. Each is a fact, and whoever has it now is told.
 */
export async function followLead(tx: CaseTransaction): Promise<void> {
  const tasks = tx.tasks.all.filter(({ status, kind }) => status === 'open' && OF_THE_LEAD.includes(kind));
  if (tasks.length === 0) return;
  const account = await accountRow(tx.client, (await reviewOf(tx)).accountId);
  const lead = leadIn(account);
  for (const task of tasks) {
    if (!lead || !hasChangedHands(account, task.subject)) continue;
    if (lead.unitId !== tx.case.unitId) tx.moveTo(lead.unitId);
    const { candidates: first, escalations: further, subject = {} } = slateOf(tx, lead);
    const levels = [first, ...further];
    const { candidates, escalations } = await manned(tx, {
      candidates: levels.slice(0, task.level + 1).flat(),
      escalations: levels.slice(task.level + 1),
    });
    tx.tasks.change(task, { candidates, escalations, subject, assigneeId: null });
    const { id: taskId, step, round } = task;
    tx.fact({ kind: 'reassigned', step, round, taskId, codes: { why: 'holderChanged', holdingId: lead.id } });
    for (const person of await holdersOf(tx.client, candidates)) tx.notify(person, 'taskReassigned', taskId);
  }
}
