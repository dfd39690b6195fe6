import { DomainError } from '../domain/errors.ts';
import { ringAccount } from './accountBell.ts';
import { lockAccount } from './accounts.ts';
import { holdersOf, personKey, roleKey } from './actor.ts';
import { notify } from './notices.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * Working together with a client ends 终止合作, by the case of this transaction (Article 10.3, or within the year): the account is terminated,
 * off the list, and nobody holds it any more, from this instant or, where clocks differ by a moment, the first after it was held. Planned visits and open
 * marketing tasks end with it; the cases about it its own execution ends afterwards, one after the other.
 * @throws DomainError `notFound`, `accountTerminated` where it was before
 */
export async function terminate(tx: CaseTransaction, accountId: string): Promise<void> {
  const account = await lockAccount(tx.client, accountId);
  if (account.state === 'terminated') throw new DomainError('accountTerminated');
  await tx.sql(
    `UPDATE accounts SET state = 'terminated', on_list = false, terminated_on = ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date WHERE id = $1`,
    [accountId, tx.now],
  );
  await tx.sql(
    `UPDATE holding_entities e SET valid_to = greatest($2, e.valid_from + interval '1 millisecond') FROM holdings h WHERE h.id = e.holding_id AND h.account_id = $1 AND e.valid_to IS NULL`,
    [accountId, tx.now],
  );
  await tx.sql(
    `UPDATE holdings SET valid_to = greatest($2, valid_from + interval '1 millisecond') WHERE account_id = $1 AND valid_to IS NULL`,
    [accountId, tx.now],
  );
  await tx.sql(`UPDATE visits SET state = 'cancelled' WHERE account_id = $1 AND state = 'planned'`, [accountId]);
  const tasks = await tx.sql(
    `UPDATE marketing_tasks SET state = 'ended', closed_at = $2 WHERE account_id = $1 AND state = 'open' RETURNING owner_id AS "ownerId"`,
    [accountId, tx.now],
  );
  const keys = account.holdings.flatMap(({ managerId, unitId }) => [
    ...(managerId === null ? [] : [personKey(managerId)]),
    roleKey('unitHead', unitId),
  ]);
  const told = new Set([...(await holdersOf(tx.client, keys)), ...tasks.map(({ ownerId }) => String(ownerId))]);
  await notify(tx.client, [...told], 'accountTerminated', accountId);
  await ringAccount(tx.client, accountId);
}
