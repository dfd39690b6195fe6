import { DomainError } from '../domain/errors.ts';
import { type HandoverItem, type HandoverKind, unticked } from '../domain/reassignment.ts';
import { newId } from '../platform/id.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, recordDecision } from './answer.ts';
import { openForClient } from './clientSecrets.ts';
import type { Slate } from './processDefinition.ts';
import { managersOf, type ReassignedAccount, reassignmentRow, stillHeld } from './reassignments.ts';
import type { FactRow } from './records.ts';
import { closeStep, settleStep } from './settlement.ts';
import type { CaseTransaction } from './transaction.ts';
import { visitStands } from './visits.ts';

/** The step in which what an account holds passes from hand to hand. */
const STEP = 'handover';

/**
 * Writes down what each account holds at this instant, for both sides to tick, and gives the office a task beside theirs by which it may close
 * the handover with a reason. Nothing waits for the ticks but the case: the new manager is in charge already.
 */
export async function openHandover(tx: CaseTransaction): Promise<void> {
  let ord = 0;
  for (const { accountId } of stillHeld(await reassignmentRow(tx)))
    for (const { kind, ref, codes } of await held(tx, accountId))
      await tx.sql(
        'INSERT INTO handover_items (id, case_id, account_id, kind, ref, codes, ord) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [newId(), tx.case.id, accountId, kind, ref, codes, ++ord],
      );
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

type Held = { readonly kind: HandoverKind; readonly ref: string; readonly codes: Readonly<Record<string, unknown>> };

/** What an account holds: the parts of its archive that are filled, and what is under way. Ids, days and numbers only. */
async function held(tx: CaseTransaction, accountId: string): Promise<Held[]> {
  const open = await tx.sql(
    `SELECT c.id, c.number, c.process FROM case_accounts x JOIN cases c ON c.id = x.case_id
     WHERE x.account_id = $1 AND x.open AND c.id <> $2 ORDER BY c.number`,
    [accountId, tx.case.id],
  );
  const visits = await tx.sql(
    `SELECT v.id, to_char(v.planned_on, 'YYYY-MM-DD') AS day FROM visits v WHERE v.account_id = $1 AND v.state = 'planned' AND ${visitStands('v')} ORDER BY v.planned_on, v.id`,
    [accountId],
  );
  const tasks = await tx.sql(
    `SELECT id, to_char(due_on, 'YYYY-MM-DD') AS day FROM marketing_tasks WHERE account_id = $1 AND state = 'open' ORDER BY due_on, id`,
    [accountId],
  );
  return [
    { kind: 'introduction', ref: 'client', codes: {} },
    ...(await archive(tx, accountId)),
    ...open.map(({ id, number, process }): Held => ({ kind: 'case', ref: String(id), codes: { number, process } })),
    ...visits.map(({ id, day }): Held => ({ kind: 'visit', ref: String(id), codes: { on: day } })),
    ...tasks.map(({ id, day }): Held => ({ kind: 'task', ref: String(id), codes: { on: day } })),
  ];
}

/** The parts of the archive that hold something (Article 9). */
async function archive(tx: CaseTransaction, accountId: string): Promise<Held[]> {
  const [row] = await tx.sql(
    'SELECT c.id, c.secret FROM accounts a JOIN clients c ON c.id = a.client_id WHERE a.id = $1',
    [accountId],
  );
  if (!row?.secret) return [];
  const opened = await openForClient<Archive>(tx.deps, String(row.id), 'clients', String(row.id), row.secret as Buffer);
  const { client = {}, keyPersons = [], projects = [] } = opened;
  const { contact, ...basics } = client;
  const count = {
    basics: size(basics),
    contact: size(contact),
    keyPersons: keyPersons.length,
    projects: projects.length,
  };
  return Object.entries(count).flatMap(([part, entries]): Held[] =>
    entries > 0 ? [{ kind: 'archive', ref: part, codes: { entries } }] : [],
  );
}

type Archive = {
  readonly client?: Readonly<Record<string, unknown>>;
  readonly keyPersons?: readonly unknown[];
  readonly projects?: readonly unknown[];
};
const size = (of: unknown): number => Object.keys((of as object | undefined) ?? {}).length;

/** Who hands over: each manager his accounts, the unit's head where there was none or he has left. */
export async function givers(tx: CaseTransaction): Promise<Slate[]> {
  const row = await reassignmentRow(tx);
  const head = roleKey('unitHead', row.unitId);
  const of = (managerId: string | null) => stillHeld(row).filter((account) => account.managerId === managerId);
  return [...managersOf(row), null].flatMap((managerId) =>
    slate(of(managerId), managerId === null ? head : personKey(managerId), head, managerId),
  );
}

/** Who takes over: each new manager his accounts, and his unit's head after him. */
export async function takers(tx: CaseTransaction): Promise<Slate[]> {
  const row = await reassignmentRow(tx);
  const accounts = stillHeld(row);
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
