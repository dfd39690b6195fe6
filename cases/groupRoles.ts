import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { type RoleInUnit, roleChanges } from '../domain/roles.ts';
import { nobodyTold, tellSecurityAdministrators } from './administratorNotices.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { endRole, grantRole, isSecondAdministration } from './roles.ts';
import { inTransaction } from './transaction.ts';

type Held = RoleInUnit & { readonly id: string };
/** Why a role that groups would give is not had; the same codes stand in `refused_roles`. */
type Why = 'separation' | 'noUnit';

/**
 * Brings the roles that a person has by a method's groups to what the groups give now, in one transaction; roles granted by hand are not
 * touched. What he must not have (a second administrator's role; a unit that is none) is recorded for the security administrator.
 */
export async function bringGroupRoles(
  deps: CaseDeps,
  {
    personId,
    method,
    wanted,
  }: { readonly personId: string; readonly method: string; readonly wanted: readonly RoleInUnit[] },
): Promise<void> {
  const source = `group:${method}`;
  const today = localDay(Date.now());
  await inTransaction(deps, async (client) => {
    // Two sign-ins at once come one after the other.
    await client.query('SELECT 1 FROM persons WHERE id = $1 FOR UPDATE', [personId]);
    const { rows: held } = await client.query<Held>(
      `SELECT id, role, unit_id AS "unitId" FROM role_assignments
       WHERE person_id = $1 AND source = $2 AND (valid_to IS NULL OR valid_to > $3)`,
      [personId, source, today],
    );
    const { grant, end } = roleChanges(held, wanted);
    // First what ends: who changes from one administrator's role to another holds no two.
    for (const { id: roleId } of end) await endRole(client, { roleId, on: today, endedBy: null });
    const refused: (RoleInUnit & { why: Why })[] = [];
    for (const { role, unitId } of grant) {
      const why = await refusalOf(client, personId, { role, unitId });
      if (why) refused.push({ role, unitId, why });
      else
        await grantRole(client, {
          ...{ personId, role, unitId, from: today, source },
          document: `登录方式 ${method} 的用户组`,
          grantedBy: null,
        });
    }
    const isNews = await recordRefusals(client, { personId, method }, refused);
    const told = isNews ? await tellSecurityAdministrators(client, 'roleRefused') : nobodyTold;
    const organisation = grant.length - refused.length + end.length > 0;
    return { result: undefined, doorbell: null, change: { ...told, organisation } };
  });
}

async function refusalOf(client: PoolClient, personId: string, { role, unitId }: RoleInUnit): Promise<Why | null> {
  if (await isSecondAdministration(client, personId, role)) return 'separation';
  if (unitId === null) return null;
  const { rowCount } = await client.query('SELECT 1 FROM units WHERE id = $1 AND dissolved_on IS NULL', [unitId]);
  return rowCount === 0 ? 'noUnit' : null;
}

/** Every sign-in would be refused the same again: on record is what is new. @returns whether anything is */
async function recordRefusals(
  client: PoolClient,
  { personId, method }: { readonly personId: string; readonly method: string },
  refused: readonly (RoleInUnit & { why: Why })[],
): Promise<boolean> {
  const { rows: before } = await client.query<{ role: string; unit_id: string }>(
    'DELETE FROM refused_roles WHERE person_id = $1 AND method = $2 RETURNING role, unit_id',
    [personId, method],
  );
  let isNews = false;
  for (const { role, unitId, why } of refused) {
    await client.query(
      'INSERT INTO refused_roles (method, person_id, role, unit_id, why) VALUES ($1, $2, $3, $4, $5)',
      [method, personId, role, unitId ?? '', why],
    );
    if (before.some((each) => each.role === role && each.unit_id === (unitId ?? ''))) continue;
    await appendAudit(client, { act: 'role.refused', codes: { personId, role, unitId, method, why } });
    isNews = true;
  }
  return isNews;
}
