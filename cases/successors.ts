import { DomainError } from '../domain/errors.ts';
import { type Assignment, assignmentOf, isForCause, sameAssignment } from '../domain/reassignment.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, settle } from './answer.ts';
import { changeHolder } from './holderChange.ts';
import { checkManager } from './nomination.ts';
import type { Slate } from './processDefinition.ts';
import { concerns, type ReassignedAccount, type ReassignmentRow, reassignmentRow, stillHeld } from './reassignments.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/** Who nominates the successors: the unit that is to hold the accounts, its head after it (Article 7.1). */
export const nominators = (tx: CaseTransaction): Slate => ({
  candidates: [roleKey('submitter', tx.case.unitId), roleKey('marketingDeputy', tx.case.unitId)],
  escalations: [[roleKey('unitHead', tx.case.unitId)]],
});

/**
 * One manager for all accounts of the case, or one for each (Article 7.1), named by the unit or in the end by the director. Never him who is being
 * replaced, and never an assignment the committee has refused before. @throws DomainError `nomineeUnfit`, `invalid` where an account is left out
 */
export async function nameSuccessors(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const row = await reassignmentRow(tx);
  const accountIds = stillHeld(row).map(({ accountId }) => accountId);
  const { managerId, each } = answer.body as { managerId?: string; each?: Assignment };
  const assignment = assignmentOf(accountIds, { managerId, each });
  if (!assignment) throw new DomainError('invalid', { field: 'each', reason: 'oneForEachAccount' }, 'each');
  for (const nominee of new Set(assignment.map((one) => one.managerId)))
    await checkManager(tx, nominee, tx.case.unitId);
  const replaced = (one: Assignment[number]) =>
    row.accounts.some(({ accountId, managerId: before }) => accountId === one.accountId && before === one.managerId);
  if (assignment.some(replaced)) throw new DomainError('nomineeUnfit', { why: 'replaced' }, 'managerId');
  if (refusedBefore(tx).some((before) => sameAssignment(before, assignment)))
    throw new DomainError('nomineeUnfit', { why: 'refusedBefore' }, 'managerId');
  for (const { accountId, managerId: nominee } of assignment)
    await tx.sql('UPDATE reassignment_accounts SET nominee_id = $3 WHERE case_id = $1 AND account_id = $2', [
      tx.case.id,
      accountId,
      nominee,
    ]);
  return settle(tx, answer, { assignment });
}

/** The assignments the committee refused. One that came to nothing because a nominee had left may be named again when he is back. */
function refusedBefore(tx: CaseTransaction): Assignment[] {
  const refusals = tx.ballots.all.flatMap((ballot) =>
    ballot.step === 'confirming' && ballot.outcome === 'failed' ? [Number(ballot.closedSeq)] : [],
  );
  const named = tx.steps.all.filter(({ name, codes }) => name === 'nominating' && codes.assignment);
  const votedOn = (seq: number) => named.filter(({ closedSeq }) => Number(closedSeq) < seq).at(-1);
  return refusals.map((seq) => votedOn(seq)?.codes.assignment as Assignment);
}

/**
 * The removal takes effect as the unit is asked for a successor: at the instant the committee's decision is known the old holder is out, and the account
 * is vacant, on record, under the unit that is to hold it. Without fault the manager stays in charge until his successor is confirmed, unless
 * he has left already.
 */
export async function vacate(tx: CaseTransaction): Promise<void> {
  const row = await reassignmentRow(tx);
  const forCause = isForCause(row.ground);
  for (const account of stillHeld(row)) {
    const { unitId, managerId } = await currentHolding(tx, account.holdingId);
    const to = forCause ? (row.newUnitId ?? unitId) : unitId;
    const leaves = managerId !== null && (forCause || (await hasLeft(tx, managerId, unitId)));
    if (leaves || to !== unitId) await passOn(tx, account, to, null);
  }
  if (row.newUnitId !== null) tx.moveTo(row.newUnitId);
}

/** Confirmed or appointed, the successors are in charge from this instant (Articles 5, 7.1); what is handed over follows. */
export async function succeed(tx: CaseTransaction): Promise<void> {
  const row = await reassignmentRow(tx);
  for (const account of stillHeld(row)) {
    if (account.nomineeId === null) continue;
    const successorId = await passOn(tx, account, tx.case.unitId, account.nomineeId);
    await tx.sql('UPDATE reassignment_accounts SET successor_id = $3 WHERE case_id = $1 AND account_id = $2', [
      tx.case.id,
      account.accountId,
      successorId,
    ]);
  }
  await concerns(
    tx,
    stillHeld(row).flatMap(({ nomineeId }) => (nomineeId ? [personKey(nomineeId)] : [])),
  );
}

async function passOn(
  tx: CaseTransaction,
  { accountId, holdingId, stateBefore }: ReassignedAccount,
  unitId: string,
  managerId: string | null,
): Promise<string | null> {
  const next = await changeHolder(tx, { accountId, holdingId, unitId, managerId, state: stateBefore });
  if (next)
    await tx.sql('UPDATE reassignment_accounts SET holding_id = $3 WHERE case_id = $1 AND account_id = $2', [
      tx.case.id,
      accountId,
      next,
    ]);
  return next;
}

async function currentHolding(
  tx: CaseTransaction,
  holdingId: string,
): Promise<{ readonly unitId: string; readonly managerId: string | null }> {
  const [row] = await tx.sql('SELECT unit_id AS "unitId", manager_id AS "managerId" FROM holdings WHERE id = $1', [
    holdingId,
  ]);
  return row as { unitId: string; managerId: string | null };
}

async function hasLeft(tx: CaseTransaction, personId: string, unitId: string): Promise<boolean> {
  const rows = await tx.sql('SELECT 1 FROM persons WHERE id = $1 AND active AND unit_id = $2', [personId, unitId]);
  return rows.length === 0;
}

/** Where every account of the case has ended meanwhile there is nothing to decide any more. */
export const nothingLeft = (row: ReassignmentRow): boolean => stillHeld(row).length === 0;
