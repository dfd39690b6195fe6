import { DomainError } from '../domain/errors.ts';
import { checklist, type HandoverItem, unticked } from '../domain/handover.ts';
import { newId } from '../platform/id.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, recordDecision } from './answer.ts';
import { heldByAccount } from './heldByAccount.ts';
import type { Slate } from './processDefinition.ts';
import { managersOf, type ReassignedAccount, reassignmentRow, stillHeld } from './reassignments.ts';
import type { FactRow } from './records.ts';
import { closeStep, settleStep } from './settlement.ts';
import type { CaseTransaction } from './transaction.ts';

/** The step in which what an account holds passes from hand to hand. */
const STEP = 'handover';

/**
 * Writes down what each account holds at this instant, for both sides to tick, and gives the office a task beside theirs by which it may close
 * the handover with a reason. Nothing waits for the ticks but the case: the new manager is in charge already.
 */
export async function openHandover(tx: CaseTransaction): Promise<void> {
  let ord = 0;
  const row = await reassignmentRow(tx);
  const successor = row.replaces !== 'coHolding';
  for (const { accountId, kind: holding } of stillHeld(row)) {
    const held = await heldByAccount(tx, { accountId, kind: holding, unitId: row.unitId });
    for (const { kind, ref, codes } of checklist(held, { successor }))
      await tx.sql(
        'INSERT INTO handover_items (id, case_id, account_id, kind, ref, codes, ord) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [newId(), tx.case.id, accountId, kind, ref, codes, ++ord],
      );
  }
  tx.openTask({
    step: STEP,
    round: 1,
    kind: 'closeHandover',
    blocking: false,
    actions: ['close'],
    candidates: [roleKey('office')],
    silence: 'none',
  });
}

/** Who hands over: each manager his accounts, the unit's head where there was none or he has left. */
export async function givers(tx: CaseTransaction): Promise<Slate[]> {
  const row = await reassignmentRow(tx);
  const head = roleKey('unitHead', row.unitId);
  const of = (managerId: string | null) => stillHeld(row).filter((account) => account.managerId === managerId);
  return [...managersOf(row), null].flatMap((managerId) =>
    slate(of(managerId), managerId === null ? head : personKey(managerId), head, managerId),
  );
}

/** Who takes over: each new manager his accounts, and his unit's head after him; what a co-holder leaves, whoever leads the account. */
export async function takers(tx: CaseTransaction): Promise<Slate[]> {
  const row = await reassignmentRow(tx);
  const accounts = stillHeld(row);
  if (row.replaces === 'coHolding') return leaders(accounts);
  const nominees = [...new Set(accounts.flatMap(({ nomineeId }) => nomineeId ?? []))];
  return nominees.flatMap((personId) =>
    slate(
      accounts.filter((account) => account.nomineeId === personId),
      personKey(personId),
      roleKey('unitHead', tx.case.unitId),
      personId,
    ),
  );
}

function leaders(accounts: readonly ReassignedAccount[]): Slate[] {
  return accounts.flatMap((account) => {
    const head = roleKey('unitHead', account.leadUnitId);
    const { leadManagerId } = account;
    return slate([account], leadManagerId === null ? head : personKey(leadManagerId), head, leadManagerId);
  });
}

/** One task for what one person hands over or takes over; his unit's head and then the office where he does not. */
function slate(
  accounts: readonly ReassignedAccount[],
  candidate: string,
  head: string,
  personId: string | null,
): Slate[] {
  if (accounts.length === 0) return [];
  return [
    {
      candidates: [candidate],
      escalations: [...(candidate === head ? [] : [[head]]), [roleKey('office')]],
      subject: {
        accountIds: accounts.map(({ accountId }) => accountId),
        ...(personId ? { forPersonId: personId } : {}),
      },
    },
  ];
}

/** One side ticks items of its accounts; whoever ticks the last of them has done his part. @throws DomainError `invalid` for an item that is not his or is ticked */
export async function tick(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const side = answer.task.kind === 'handOver' ? 'given' : 'taken';
  const accountIds = answer.task.subject.accountIds as string[];
  const itemIds = answer.body.itemIds as string[];
  const open = unticked(await items(tx), accountIds, side);
  if (itemIds.some((id) => !open.includes(id)))
    throw new DomainError('invalid', { field: 'itemIds', reason: 'notOpen' }, 'itemIds');
  await tx.sql(`UPDATE handover_items SET ${side}_by = $2, ${side}_at = $3 WHERE case_id = $1 AND id = ANY ($4)`, [
    tx.case.id,
    answer.actor.personId,
    tx.now,
    itemIds,
  ]);
  const last = open.every((id) => itemIds.includes(id));
  const fact = recordDecision(tx, answer, { kind: last ? 'decided' : 'ticked' });
  if (last) {
    tx.closeTask(answer.task, answer.action);
    settleStep(tx, answer.task.step, answer.task.round, answer.task);
  }
  return fact;
}

/** The office closes a handover that one side does not finish; what was not ticked stays so, on record. */
export function closeHandover(tx: CaseTransaction, answer: Answer): FactRow {
  const fact = recordDecision(tx, answer, { kind: 'decided' });
  tx.closeTask(answer.task, answer.action);
  closeStep(tx, answer.task.step, answer.task.round, answer.action);
  return fact;
}

async function items(tx: CaseTransaction): Promise<HandoverItem[]> {
  const rows = await tx.sql(
    `SELECT id, account_id AS "accountId", given_at IS NOT NULL AS given, taken_at IS NOT NULL AS taken FROM handover_items
     WHERE case_id = $1 ORDER BY ord`,
    [tx.case.id],
  );
  return rows as HandoverItem[];
}
