import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { administratorRoles } from '../domain/roles.ts';
import { appendAudit } from './audit.ts';

export type Grant = {
  readonly personId: string;
  readonly role: string;
  readonly unitId: string | null;
  readonly from: string;
  readonly document: string;
  /** The security administrator; null where groups give it. */
  readonly grantedBy: string | null;
  /** `manual`, or `group:<method>`. */
  readonly source: string;
};

/** Whether the three administrators stay different people; asked under the person's lock, of what is held and what is granted for later: two grants at once are not to pass each other. */
export async function isSecondAdministration(client: PoolClient, personId: string, role: string): Promise<boolean> {
  if (!administratorRoles.includes(role)) return false;
  await client.query('SELECT 1 FROM persons WHERE id = $1 FOR UPDATE', [personId]);
  const { rows } = await client.query(
    `SELECT 1 FROM role_assignments WHERE person_id = $1 AND role = ANY ($2) AND role <> $3
       AND (valid_to IS NULL OR valid_to > greatest(valid_from, (now() AT TIME ZONE 'Asia/Shanghai')::date)) LIMIT 1`,
    [personId, administratorRoles, role],
  );
  return rows.length > 0;
}

/** Grants a role; on record. @returns the assignment's id */
export async function grantRole(client: PoolClient, grant: Grant): Promise<string> {
  const { personId, role, unitId, from, document, grantedBy, source } = grant;
  const id = randomUUID();
  await client.query(
    `INSERT INTO role_assignments (id, person_id, role, unit_id, valid_from, document, granted_by, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, personId, role, unitId, from, document, grantedBy, source],
  );
  const codes = { roleId: id, personId, role, unitId, ...(source === 'manual' ? {} : { source }) };
  await appendAudit(client, { act: 'role.granted', actorId: grantedBy, codes });
  return id;
}

/** Ends an assignment on a day; on record. @returns whether there was anything to end */
export async function endRole(
  client: PoolClient,
  { roleId, on, endedBy }: { readonly roleId: string; readonly on: string; readonly endedBy: string | null },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE role_assignments SET valid_to = greatest(valid_from, $2::date) WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2::date)`,
    [roleId, on],
  );
  if (rowCount === 0) return false;
  // Open tasks may have lost their last candidate: their cases are woken, and see to it.
  await client.query(
    `INSERT INTO outbox (case_id, process, seq) SELECT c.id, c.process, c.seq FROM cases c
     WHERE c.closed_at IS NULL AND EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open') AND c.state <> 'draft'`,
  );
  await appendAudit(client, { act: 'role.ended', actorId: endedBy, codes: { roleId, on } });
  return true;
}
