import type { PoolClient } from 'pg';
import type { NotificationKind } from '../domain/notifications.ts';
import { newId } from '../platform/id.ts';

/** Tells persons of what belongs to no case, but perhaps to an account, in the transaction that makes it so. */
export async function notify(
  client: Pick<PoolClient, 'query'>,
  personIds: readonly string[],
  kind: NotificationKind,
  accountId: string | null = null,
): Promise<void> {
  if (personIds.length === 0) return;
  await client.query(
    `INSERT INTO notifications (id, person_id, kind, account_id, at) SELECT id, person_id, $3, $4, clock_timestamp() FROM unnest($1::text[], $2::text[]) AS told (id, person_id)`,
    [personIds.map(() => newId()), personIds, kind, accountId],
  );
}
