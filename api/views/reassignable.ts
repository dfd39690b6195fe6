import { type Actor, hasRole } from '../../cases/actor.ts';
import { type CurrentHolding, standings } from '../../domain/accountStanding.ts';
import { groundsOf } from '../../domain/reassignment.ts';
import type { Reassignable } from '../contract/reassignments.ts';
import type { ApiDeps } from '../deps.ts';
import { loadNames } from './names.ts';

type Row = {
  readonly unitId: string;
  readonly accounts: readonly { readonly onList: boolean; readonly holdings: readonly CurrentHolding[] }[];
};

/** What a person manages or a unit holds, by unit, where the reader may ask that all of it be reassigned (Articles 7.3, 4.3). */
export async function reassignableOf(
  { pool, prisma }: Pick<ApiDeps, 'pool' | 'prisma'>,
  actor: Actor,
  whose: { readonly managerId: string } | { readonly unitId: string },
): Promise<Reassignable[]> {
  const { rows } = await pool.query<Row>(
    `SELECT h.unit_id AS "unitId", json_agg(json_build_object('onList', a.on_list, 'holdings',
         (SELECT json_agg(json_build_object('unitId', o.unit_id, 'managerId', o.manager_id)) FROM holdings o WHERE o.account_id = a.id AND o.valid_to IS NULL))) AS accounts
       FROM holdings h JOIN accounts a ON a.id = h.account_id
      WHERE h.valid_to IS NULL AND ${'managerId' in whose ? 'h.manager_id' : 'h.unit_id'} = $1 GROUP BY h.unit_id ORDER BY h.unit_id`,
    ['managerId' in whose ? whose.managerId : whose.unitId],
  );
  const names = await loadNames(prisma, { units: rows.map(({ unitId }) => unitId) });
  const headsAUnit = hasRole(actor, 'unitHead');
  return rows.flatMap(({ unitId, accounts }) => {
    const askers = accounts.map(({ onList, holdings }) => {
      const standing = standings(actor, holdings);
      return { standings: standing, headsAUnit: headsAUnit && (onList || standing.size > 0) };
    });
    const grounds = groundsOf(askers);
    return grounds.length > 0 ? [{ unit: names.unit(unitId), accounts: accounts.length, grounds }] : [];
  });
}
