import type { Pool, PoolClient } from 'pg';
import type { Territory } from '../domain/region.ts';

/** Every territory there is, was or will be (Article 7.2), as `domain/region.ts` looks at them. */
export async function loadTerritories(database: Pool | PoolClient): Promise<Territory[]> {
  const { rows } = await database.query<Territory>(
    `SELECT CASE WHEN carve_out THEN NULL ELSE unit_id END AS "unitId", concat_ws('/', prefix, area) AS "regionCode",
       valid_from::text AS "from", valid_to::text AS "until" FROM territories`,
  );
  return rows;
}
