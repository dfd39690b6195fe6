import { DomainError } from '../domain/errors.ts';
import { type Assignment, assignmentOf, isForCause, sameAssignment } from '../domain/reassignment.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, settle } from './answer.ts';
import { changeHolder, endHolding } from './holderChange.ts';
import { checkManager } from './nomination.ts';
import type { Slate } from './processDefinition.ts';
import { concerns, type ReassignedAccount, reassignmentRow, stillHeld } from './reassignments.ts';
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
  await checkNoOtherHolding(tx, assignment);
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

/** A co-holding is not given to whoever is a manager of the account by another holding (Article 7.4). @throws DomainError `nomineeUnfit` */
async function checkNoOtherHolding(tx: CaseTransaction, assignment: Assignment): Promise<void> {
  const rows = await tx.sql(
    `SELECT 1 FROM reassignment_accounts x JOIN holdings h ON h.id = x.holding_id JOIN holdings o ON o.account_id = x.account_id AND o.id <> h.id
     WHERE x.case_id = $1 AND h.kind = 'co' AND o.valid_to IS NULL
       AND EXISTS (SELECT 1 FROM jsonb_to_recordset($2::jsonb) AS n ("accountId" text, "managerId" text) WHERE n."accountId" = x.account_id AND n."managerId" = o.manager_id)`,
    [tx.case.id, JSON.stringify(assignment)],
  );
  if (rows.length > 0) throw new DomainError('nomineeUnfit', { why: 'alreadyManager' }, 'managerId');
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
    // Who left since he was confirmed is not entered: the account is vacant, on record, and its clock asks for a manager.
    const managerId = (await hasLeft(tx, account.nomineeId, tx.case.unitId)) ? null : account.nomineeId;
    const successorId = await passOn(tx, account, tx.case.unitId, managerId);
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

/** A co-holding that the committee ends is over at the instant its decision is known; those who led the account lead it on (Article 4.3). */
export async function endCoHoldings(tx: CaseTransaction): Promise<void> {
  const row = await reassignmentRow(tx);
  if (row.replaces !== 'coHolding') return;
  for (const { accountId, holdingId, leadManagerId } of stillHeld(row)) {
    await endHolding(tx, { accountId, holdingId });
    await concerns(tx, leadManagerId ? [personKey(leadManagerId)] : []);
  }
}

async function passOn(
  tx: CaseTransaction,
  { accountId, holdingId }: ReassignedAccount,
  unitId: string,
  managerId: string | null,
): Promise<string | null> {
  const next = await changeHolder(tx, { accountId, holdingId, unitId, managerId });
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
