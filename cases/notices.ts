import type { PoolClient } from 'pg';
import type { NotificationKind } from '../domain/notifications.ts';
import { newId } from '../platform/id.ts';

/** Tells persons of what belongs to no case, in the transaction that makes it so. */
export async function notify(client: PoolClient, personIds: readonly string[], kind: NotificationKind): Promise<void> {
  if (personIds.length === 0) return;
  await client.query(
    `INSERT INTO notifications (id, person_id, kind, at) SELECT id, person_id, $3, clock_timestamp() FROM unnest($1::text[], $2::text[]) AS told (id, person_id)`,
    [personIds.map(() => newId()), personIds, kind],
  );
}
