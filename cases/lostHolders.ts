import type { PoolClient } from 'pg';
import { holdersOf, roleKey } from './actor.ts';
import { notify } from './notices.ts';

/**
 * Whoever holds accounts has left, works for another unit, or was dissolved: the office is told of each account, and offered to open a reassignment
 * over all of them (`GET /reassignments/unattended`). Until then they stay in his name: a holding ends by decision alone.
 */
export async function tellOfLostHolders(
  client: PoolClient,
  lost: { readonly managerId: string } | { readonly unitId: string },
): Promise<void> {
  const [column, id] = 'managerId' in lost ? ['manager_id', lost.managerId] : ['unit_id', lost.unitId];
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT account_id AS id FROM holdings WHERE ${column} = $1 AND valid_to IS NULL ORDER BY account_id`,
    [id],
  );
  if (rows.length === 0) return;
  const office = await holdersOf(client, [roleKey('office')]);
  for (const account of rows) await notify(client, office, 'holderLost', account.id);
}
