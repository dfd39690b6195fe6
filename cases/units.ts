import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { isRegionCode } from '../domain/region.ts';
import { regionOf } from '../domain/regionNames.ts';
import { newId } from '../platform/id.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { type Appointment, recordChange, refusingTaken, requireCome } from './organisation.ts';
import { inTransaction } from './transaction.ts';

export type NewUnit = Appointment & {
  readonly code: string;
  readonly kind: 'branch' | 'department';
  readonly name: string;
  readonly nameEn: string;
  readonly parentId: string;
};

const TAKEN = { units_code_key: 'code' };

/** A branch or a department; headquarters and the office are there once. @throws DomainError `taken`, `unitGone`, `invalid` */
export async function addUnit(deps: CaseDeps, unit: NewUnit, keep?: Keep<{ id: string }>): Promise<{ id: string }> {
  requireCome(unit.on);
  const id = newId();
  await inTransaction(deps, async (client) => {
    await requireUnit(client, unit.parentId, 'parentId');
    const { code, kind, name, nameEn, parentId } = unit;
    await refusingTaken(TAKEN, () =>
      client.query('INSERT INTO units (id, code, kind, name, name_en, parent_id) VALUES ($1, $2, $3, $4, $5, $6)', [
        id,
        code,
        kind,
        name,
        nameEn,
        parentId,
      ]),
    );
    await recordChange(client, unit, { subject: 'unit', subjectId: id, change: 'entered', codes: { name, code } });
    await keep?.(client, { id });
    return { result: undefined, doorbell: null };
  });
  return { id };
}

/** Renames a unit or puts it under another. @throws DomainError `notFound`, `unitGone`, `invalid` for a place under itself */
export async function changeUnit(
  deps: CaseDeps,
  unitId: string,
  change: Appointment & { readonly name: string; readonly nameEn: string; readonly parentId: string | null },
): Promise<void> {
  requireCome(change.on);
  await inTransaction(deps, async (client) => {
    const before = await lockUnit(client, unitId);
    const { name, nameEn, parentId } = change;
    if ((parentId === null) !== (before.parentId === null))
      throw new DomainError('invalid', { field: 'parentId', reason: 'headquartersOnTop' }, 'parentId');
    if (parentId !== null) {
      await requireUnit(client, parentId, 'parentId');
      await refuseUnderItself(client, unitId, parentId);
    }
    await client.query('UPDATE units SET name = $2, name_en = $3, parent_id = $4 WHERE id = $1', [
      unitId,
      name,
      nameEn,
      parentId,
    ]);
    await recordChange(client, change, { subject: 'unit', subjectId: unitId, change: 'changed', codes: { before } });
    return { result: undefined, doorbell: null };
  });
}

export type NewTerritory = Appointment & { readonly regionCode: string; readonly carveOut: boolean };

/**
 * A region becomes a unit's territory from a day on (Article 7.2), or is carved out of it; the day may be a coming one.
 * @throws DomainError `territoryTaken` where another unit has just this region then, `invalid` for a code that is no region
 */
export async function addTerritory(
  deps: CaseDeps,
  unitId: string,
  territory: NewTerritory,
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const { regionCode, carveOut, on } = territory;
  const [prefix = '', area = null] = regionCode.split('/');
  if (!isRegionCode(regionCode) || !regionOf(prefix))
    throw new DomainError('invalid', { field: 'regionCode', reason: 'noRegion' }, 'regionCode');
  const id = newId();
  await inTransaction(deps, async (client) => {
    // Territories are drawn one after the other, so that two units never get the same region at once.
    await client.query('LOCK TABLE territories IN SHARE ROW EXCLUSIVE MODE');
    await requireUnit(client, unitId, 'unitId');
    const { rows } = await client.query<{ name: string }>(
      `SELECT u.name FROM territories t JOIN units u ON u.id = t.unit_id
       WHERE t.prefix = $1 AND t.area IS NOT DISTINCT FROM $2 AND (t.carve_out = $3 OR t.unit_id = $5) AND (NOT t.carve_out OR t.unit_id = $5)
         AND (t.valid_to IS NULL OR t.valid_to > $4) LIMIT 1`,
      [prefix, area, carveOut, on, unitId],
    );
    if (rows[0]) throw new DomainError('territoryTaken', { unit: rows[0].name }, 'regionCode');
    await client.query(
      'INSERT INTO territories (id, unit_id, prefix, area, carve_out, valid_from) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, unitId, prefix, area, carveOut, on],
    );
    await recordChange(client, territory, {
      subject: 'unit',
      subjectId: unitId,
      change: carveOut ? 'carvedOut' : 'territoryGiven',
      ids: { regionCode },
    });
    await keep?.(client, { id });
    return { result: undefined, doorbell: null };
  });
  return { id };
}

/** A territory ends on a day. @throws DomainError `notFound` for one that is not, or has ended by then */
export async function endTerritory(
  deps: CaseDeps,
  territoryId: string,
  end: Appointment,
  keep?: Keep<void>,
): Promise<void> {
  await inTransaction(deps, async (client) => {
    const { rows } = await client.query<{ unitId: string; regionCode: string }>(
      `UPDATE territories SET valid_to = greatest(valid_from, $2) WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)
       RETURNING unit_id AS "unitId", concat_ws('/', prefix, area) AS "regionCode"`,
      [territoryId, end.on],
    );
    if (!rows[0]) throw new DomainError('notFound');
    const { unitId, regionCode } = rows[0];
    await recordChange(client, end, {
      subject: 'unit',
      subjectId: unitId,
      change: 'territoryEnded',
      ids: { regionCode },
    });
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
}

type StoredUnit = {
  readonly kind: string;
  readonly name: string;
  readonly nameEn: string;
  readonly parentId: string | null;
};

/** A unit under its lock. @throws DomainError `notFound`, `unitGone` */
export async function lockUnit(client: PoolClient, unitId: string): Promise<StoredUnit> {
  const { rows } = await client.query<StoredUnit & { gone: boolean }>(
    `SELECT kind, name, name_en AS "nameEn", parent_id AS "parentId", dissolved_on IS NOT NULL AS gone FROM units WHERE id = $1 FOR UPDATE`,
    [unitId],
  );
  if (!rows[0]) throw new DomainError('notFound');
  const { gone, ...unit } = rows[0];
  if (gone) throw new DomainError('unitGone', { unit: unit.name });
  return unit;
}

/** @throws DomainError `unitGone` for one that is dissolved, `invalid` for none */
export async function requireUnit(client: PoolClient, unitId: string, field: string): Promise<void> {
  const { rows } = await client.query<{ name: string; gone: boolean }>(
    'SELECT name, dissolved_on IS NOT NULL AS gone FROM units WHERE id = $1 FOR SHARE',
    [unitId],
  );
  if (!rows[0]) throw new DomainError('invalid', { field, reason: 'noUnit' }, field);
  if (rows[0].gone) throw new DomainError('unitGone', { unit: rows[0].name }, field);
}

async function refuseUnderItself(client: PoolClient, unitId: string, parentId: string): Promise<void> {
  const { rows } = await client.query(
    `WITH RECURSIVE above AS (SELECT id, parent_id FROM units WHERE id = $1 UNION SELECT u.id, u.parent_id FROM units u JOIN above a ON u.id = a.parent_id)
     SELECT 1 FROM above WHERE id = $2`,
    [parentId, unitId],
  );
  if (rows.length > 0) throw new DomainError('invalid', { field: 'parentId', reason: 'underItself' }, 'parentId');
}

/** A unit that holds accounts and builds: headquarters or a branch that is there. @throws DomainError `invalid`, `unitGone` */
export async function requireBuilder(client: PoolClient, unitId: string, field: string): Promise<void> {
  await requireUnit(client, unitId, field);
  const { rows } = await client.query<{ kind: string }>('SELECT kind FROM units WHERE id = $1', [unitId]);
  if (rows[0]?.kind !== 'branch' && rows[0]?.kind !== 'headquarters')
    throw new DomainError('invalid', { field, reason: 'notABranch' }, field);
}
