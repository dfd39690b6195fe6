import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { notOver } from './actor.ts';
import { settleHolders } from './deadlines.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { tellOfLostHolders } from './lostHolders.ts';
import { type Appointment, recordChange, requireCome } from './organisation.ts';
import { lockSeats, refreshBallots, refuseBalloting, seatsOfUnit, wakeBallots } from './seats.ts';
import { inCase, inTransaction } from './transaction.ts';
import { lockUnit, requireUnit } from './units.ts';

export type Dissolution = Appointment & {
  readonly unitId: string;
  /** Who takes over its cases, tasks and territories; null leaves them to the office. */
  readonly successorId: string | null;
  /** Its persons go with it. */
  readonly takesPersons: boolean;
};

/**
 * A unit is dissolved: roles and seats in it end, its territories and the units below it go to its successor, and every open task
 * its officers had goes to the successor's officers, else to the next level and at last to the office, with an alarm (系统默认).
 * Should this process die in between, the doorbells left with the dissolution have the workflows see to the rest.
 * @throws DomainError `notFound`, `unitGone`, `unitStays` for headquarters and the office, `twoPersons` where a seat of it is in an open ballot, `invalid`
 */
export async function dissolveUnit(deps: CaseDeps, dissolution: Dissolution, keep?: Keep<void>): Promise<void> {
  const { unitId, successorId, on } = dissolution;
  requireCome(on);
  if (successorId === unitId)
    throw new DomainError('invalid', { field: 'successorId', reason: 'itself' }, 'successorId');
  await inTransaction(deps, async (client) => {
    await lockSeats(client);
    // In one order, so that two units that are to succeed each other do not both go.
    await client.query('SELECT 1 FROM units WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [[unitId, successorId]]);
    const unit = await lockUnit(client, unitId);
    if (unit.kind === 'headquarters' || unit.kind === 'office') throw new DomainError('unitStays', { unit: unit.name });
    if (successorId !== null) await requireUnit(client, successorId, 'successorId');
    await refuseBalloting(client, await seatsOfUnit(client, { unitId, on }));
    await client.query('UPDATE units SET dissolved_on = $2, successor_id = $3 WHERE id = $1', [
      unitId,
      on,
      successorId,
    ]);
    await handOver(client, dissolution, unit.parentId);
    await client.query(
      `INSERT INTO outbox (case_id, process, seq) SELECT c.id, c.process, c.seq FROM cases c WHERE c.id = ANY ($1)
         AND EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open')`,
      [await casesOf(client, unitId)],
    );
    await wakeBallots(client);
    await tellOfLostHolders(client, { unitId });
    await recordChange(client, dissolution, {
      subject: 'unit',
      subjectId: unitId,
      change: 'dissolved',
      ids: { successorId },
    });
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
  for (const caseId of await casesOf(deps.pool, unitId))
    await inCase(deps, { caseId }, async (tx) => {
      if (tx.case.closedAt === null && tx.case.ending === null) await settleHolders(tx);
    });
  await refreshBallots(deps);
}

async function handOver(
  client: PoolClient,
  { adminId, unitId, successorId, takesPersons, on, document }: Dissolution,
  parentId: string | null,
): Promise<void> {
  const open = '(valid_to IS NULL OR valid_to > $2)';
  await client.query(`UPDATE role_assignments SET valid_to = greatest(valid_from, $2) WHERE unit_id = $1 AND ${open}`, [
    unitId,
    on,
  ]);
  await client.query(
    `UPDATE seat_terms SET valid_to = greatest(valid_from, $2) WHERE seat_id IN (SELECT id FROM seats WHERE unit_id = $1) AND ${open}`,
    [unitId, on],
  );
  const ended = `UPDATE territories SET valid_to = greatest(valid_from, $2) WHERE unit_id = $1 AND ${open} RETURNING prefix, area, carve_out`;
  if (successorId === null) await client.query(ended, [unitId, on]);
  else
    await client.query(
      `WITH ended AS (${ended}) INSERT INTO territories (id, unit_id, prefix, area, carve_out, valid_from)
       SELECT gen_random_uuid(), $3, prefix, area, carve_out, $2 FROM ended`,
      [unitId, on, successorId],
    );
  await client.query('UPDATE units SET parent_id = $2 WHERE parent_id = $1', [unitId, successorId ?? parentId]);
  if (successorId === null || !takesPersons) return;
  const { rows } = await client.query<{ id: string }>(
    'UPDATE persons SET unit_id = $2 WHERE unit_id = $1 AND active RETURNING id',
    [unitId, successorId],
  );
  for (const { id } of rows)
    await recordChange(
      client,
      { adminId, on, document },
      {
        subject: 'person',
        subjectId: id,
        change: 'moved',
        ids: { fromUnitId: unitId, toUnitId: successorId },
      },
    );
}

/** Whether a task asks officers of the unit `$1`: of exactly that one, for the id of one unit may begin another's. */
const asksUnit = "EXISTS (SELECT 1 FROM unnest(t.candidates) AS key WHERE split_part(key, '@', 2) = $1)";

/** The open cases, drafts too, that are a unit's own or ask its officers. */
async function casesOf(database: Pool | PoolClient, unitId: string): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT c.id FROM cases c WHERE c.closed_at IS NULL AND (c.unit_id = $1 OR EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id
       AND t.status = 'open' AND (${asksUnit} OR t.escalations::text LIKE '%@' || $1 || '"%'))) ORDER BY c.id`,
    [unitId],
  );
  return rows.map((row) => row.id);
}

/** What a dissolution would touch, counted. */
export async function dissolutionEffects(
  pool: Pool,
  unitId: string,
): Promise<{
  cases: number;
  tasks: number;
  persons: number;
  roles: number;
  seats: number;
  territories: number;
  accounts: number;
}> {
  const caseIds = await casesOf(pool, unitId);
  const { rows } = await pool.query(
    `SELECT cardinality($2::text[]) AS cases,
       (SELECT count(*)::int FROM tasks t WHERE t.case_id = ANY ($2) AND t.status = 'open' AND ${asksUnit}) AS tasks,
       (SELECT count(*)::int FROM persons WHERE unit_id = $1 AND active) AS persons,
       (SELECT count(*)::int FROM role_assignments r WHERE unit_id = $1 AND ${notOver('r')}) AS roles,
       (SELECT count(*)::int FROM seat_terms t JOIN seats s ON s.id = t.seat_id WHERE s.unit_id = $1 AND ${notOver('t')}) AS seats,
       (SELECT count(*)::int FROM territories h WHERE unit_id = $1 AND ${notOver('h')}) AS territories,
       (SELECT count(DISTINCT account_id)::int FROM holdings WHERE unit_id = $1 AND valid_to IS NULL) AS accounts`,
    [unitId, caseIds],
  );
  return rows[0];
}
