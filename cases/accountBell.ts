import type { Pool, PoolClient } from 'pg';
import { origin } from '../platform/origin.ts';
import { ACCOUNT } from '../workflows/contracts/account.ts';

/** When the `n`th of many doorbells is rung: fifty a second, so that what people wait for is not held up. */
const inTurn = (n: string): string => `now() + (${n} - 1) * interval '20 milliseconds'`;

/**
 * Leaves a doorbell at an account's execution, which starts it where it has none. The relay rings it within a second of the commit; of
 * thousands, in turn.
 */
export async function ringAccount(client: Pick<PoolClient, 'query'>, ...accountIds: readonly string[]): Promise<void> {
  const { requestId, traceParent } = origin();
  await client.query(
    `INSERT INTO outbox (case_id, process, seq, request_id, trace_parent, next_at)
     SELECT id, $2, 0, $3, $4, ${inTurn('n')} FROM unnest($1::text[]) WITH ORDINALITY AS rung (id, n)`,
    [accountIds, ACCOUNT, requestId, traceParent],
  );
}

/**
 * The same at every account whose clock stands still, or has not struck an hour after its time: one that was established before there were
 * executions of accounts gets its own, one whose execution was ended a new one, and any other looks once more. Asked by each worker when it starts.
 */
export async function ringWhereNothingTicks(pool: Pool): Promise<void> {
  await pool.query(
    `INSERT INTO outbox (case_id, process, seq, next_at)
     SELECT a.id, $1, 0, ${inTurn('row_number() OVER (ORDER BY a.id)')} FROM accounts a WHERE a.closed_at IS NULL AND (a.clock_at IS NULL OR a.clock_at < now() - interval '1 hour')
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = a.id)`,
    [ACCOUNT],
  );
}

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
