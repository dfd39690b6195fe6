import type { PoolClient } from 'pg';
import { origin } from '../platform/origin.ts';
import { ACCOUNT } from '../workflows/contracts/account.ts';

/** Leaves a doorbell at an account's execution, which starts it where it has none. The relay rings it within a second of the commit. */
export async function ringAccount(client: Pick<PoolClient, 'query'>, accountId: string): Promise<void> {
  const { requestId, traceParent } = origin();
  await client.query(
    'INSERT INTO outbox (case_id, process, seq, request_id, trace_parent) VALUES ($1, $2, 0, $3, $4)',
    [accountId, ACCOUNT, requestId, traceParent],
  );
}

/** The same at every account whose life goes on: what holds for all of them has changed. */
export async function ringAccounts(client: Pick<PoolClient, 'query'>): Promise<void> {
  await client.query(
    'INSERT INTO outbox (case_id, process, seq) SELECT id, $1, 0 FROM accounts WHERE closed_at IS NULL',
    [ACCOUNT],
  );
}
