import type { PoolClient } from 'pg';
import type { NotificationKind } from '../domain/notifications.ts';
import { personKey, validToday } from './actor.ts';
import type { Change } from './changes.ts';

/**
 * Tells every security administrator of what waits for him beside the cases, but whoever has not yet read that something of the kind does:
 * an outsider who is dismissed and tries again fills nobody's list. @returns what changed for them, to be announced after the commit
 */
export async function tellSecurityAdministrators(client: PoolClient, kind: NotificationKind): Promise<Change> {
  const { rows } = await client.query<{ person_id: string }>(
    `INSERT INTO notifications (id, person_id, kind, at)
     SELECT gen_random_uuid()::text, p.id, $1, clock_timestamp() FROM persons p WHERE p.active
       AND EXISTS (SELECT 1 FROM role_assignments r WHERE r.person_id = p.id AND r.role = 'securityAdmin' AND ${validToday('r')})
       AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.person_id = p.id AND n.kind = $1 AND n.read_at IS NULL)
     RETURNING person_id`,
    [kind],
  );
  return { cases: [], keys: rows.map((row) => personKey(row.person_id)) };
}

/** Where nobody had to be told. */
export const nobodyTold: Change = { cases: [], keys: [] };
