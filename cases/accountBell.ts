import type { PoolClient } from 'pg';
import { ACCOUNT } from '../workflows/contracts/account.ts';
import { inTurn, ringLives } from './lifeBell.ts';

/** Leaves a doorbell at accounts' executions, which starts them where there are none. */
export const ringAccount = (client: Pick<PoolClient, 'query'>, ...accountIds: readonly string[]): Promise<void> =>
  ringLives(client, ACCOUNT, accountIds);

/** The same at every account whose life goes on: what holds for all of them has changed. */
export async function ringAccounts(client: Pick<PoolClient, 'query'>): Promise<void> {
  await client.query(
    `INSERT INTO outbox (case_id, process, seq, next_at)
     SELECT id, $1, 0, ${inTurn('row_number() OVER (ORDER BY id)')} FROM accounts WHERE closed_at IS NULL`,
    [ACCOUNT],
  );
}

/** The same at every account a person manages: he has left it. */
export async function ringAccountsOf(client: Pick<PoolClient, 'query'>, managerId: string): Promise<void> {
  await client.query(
    `INSERT INTO outbox (case_id, process, seq) SELECT DISTINCT account_id, $2, 0 FROM holdings WHERE manager_id = $1 AND valid_to IS NULL`,
    [managerId, ACCOUNT],
  );
}

/** Leaves a doorbell at the account's open reviews: their tasks follow whoever holds it. */
export async function ringReviews(client: Pick<PoolClient, 'query'>, accountId: string): Promise<void> {
  await client.query(
    `INSERT INTO outbox (case_id, process, seq) SELECT c.id, c.process, c.seq FROM reviews r JOIN cases c ON c.id = r.case_id
     WHERE r.account_id = $1 AND c.closed_at IS NULL`,
    [accountId],
  );
}
