import { DomainError } from '../domain/errors.ts';
import { newId } from '../platform/id.ts';
import { ringAccount, ringReviews } from './accountBell.ts';
import { isIntensified, lockAccount } from './accounts.ts';
import type { CaseTransaction } from './transaction.ts';

/** Who holds an account from now on. Without a manager it is vacant, and its unit's head answers for it. */
export type NextHolder = {
  readonly accountId: string;
  readonly holdingId: string;
  readonly unitId: string;
  readonly managerId: string | null;
};

/**
 * An account changes hands by the decision of this case: the holding ends and the next begins at the same instant, over the same legal
 * entities. The database refuses two leads at once, and a lead that ends without another. A co-holding of the same unit and manager that came
 * about meanwhile is the one.
 * @returns the id of the holding that follows; null where the account or the holding has ended meanwhile
 * @throws DomainError `notFound`
 */
export async function changeHolder(tx: CaseTransaction, next: NextHolder): Promise<string | null> {
  const account = await lockAccount(tx.client, next.accountId);
  const before = account.holdings.find(({ id }) => id === next.holdingId);
  if (account.state === 'terminated' || !before) return null;
  const same = account.holdings.find(
    ({ id, kind, unitId, managerId }) =>
      id !== before.id &&
      kind === 'co' &&
      before.kind === 'co' &&
      unitId === next.unitId &&
      managerId === next.managerId,
  );
  const holdingId = same?.id ?? newId();
  const at = await closeHolding(tx, before.id);
  if (!same) {
    await tx.sql(
      `INSERT INTO holdings (id, account_id, client_id, unit_id, manager_id, kind, valid_from, decision_case_id)
       SELECT $2, account_id, client_id, $3, $4, kind, $5, $6 FROM holdings WHERE id = $1`,
      [before.id, holdingId, next.unitId, next.managerId, at, tx.case.id],
    );
    await tx.sql(
      `INSERT INTO holding_entities (holding_id, entity_key, kind, valid_from)
       SELECT $2, entity_key, kind, valid_to FROM holding_entities WHERE holding_id = $1 AND valid_to = $3`,
      [before.id, holdingId, at],
    );
  }
  if (before.kind === 'lead') {
    await tx.sql(
      `UPDATE accounts a SET state = CASE WHEN $2::text IS NULL THEN 'vacant' WHEN ${isIntensified('NULL')} THEN 'intensified' ELSE 'active' END WHERE a.id = $1`,
      [next.accountId, next.managerId],
    );
  }
  await ringAccount(tx.client, next.accountId);
  await ringReviews(tx.client, next.accountId);
  tx.fact({
    kind: 'holderChanged',
    codes: {
      accountId: next.accountId,
      fromHoldingId: before.id,
      holdingId,
      fromUnitId: before.unitId,
      fromManagerId: before.managerId,
      unitId: next.unitId,
      managerId: next.managerId,
    },
  });
  return holdingId;
}

/**
 * A co-holding ends by the decision of this case, with the entities it covers, and nobody follows. A lead holding never ends so: the database
 * refuses it. @returns whether it ended now; false where it, or the account, has ended meanwhile @throws DomainError `notFound`
 */
export async function endHolding(
  tx: CaseTransaction,
  { accountId, holdingId }: { readonly accountId: string; readonly holdingId: string },
): Promise<boolean> {
  const account = await lockAccount(tx.client, accountId);
  const holding = account.holdings.find(({ id }) => id === holdingId);
  if (!holding) return false;
  await closeHolding(tx, holdingId);
  await ringAccount(tx.client, accountId);
  tx.fact({
    kind: 'holdingEnded',
    codes: { accountId, holdingId, unitId: holding.unitId, managerId: holding.managerId },
  });
  return true;
}

/** @returns the instant at which it ended */
async function closeHolding(tx: CaseTransaction, holdingId: string): Promise<Date> {
  const at = await instantAfter(tx, holdingId);
  await tx.sql('UPDATE holding_entities SET valid_to = $2 WHERE holding_id = $1 AND valid_to IS NULL', [holdingId, at]);
  await tx.sql('UPDATE holdings SET valid_to = $2 WHERE id = $1', [holdingId, at]);
  return at;
}

/** The transaction's time, or the first instant after the holding began where clocks differ by a moment. */
async function instantAfter(tx: CaseTransaction, holdingId: string): Promise<Date> {
  const [row] = await tx.sql(
    `SELECT greatest($2::timestamptz, h.valid_from + interval '1 millisecond',
       (SELECT max(e.valid_from) + interval '1 millisecond' FROM holding_entities e WHERE e.holding_id = h.id AND e.valid_to IS NULL)) AS at
     FROM holdings h WHERE h.id = $1`,
    [holdingId, tx.now],
  );
  if (!row) throw new DomainError('notFound');
  return row.at as Date;
}
