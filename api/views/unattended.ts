import type { Unattended } from '../contract/reassignments.ts';
import type { ApiDeps } from '../deps.ts';
import { loadNames } from './names.ts';

type Row = {
  readonly managerId: string | null;
  readonly unitId: string;
  readonly why: Unattended['why'];
  readonly accounts: Unattended['accounts'];
};

/** Current holdings whose unit was dissolved, or whose manager has left or works for another unit; not those a reassignment is open for. */
export async function unattended({ pool, prisma }: Pick<ApiDeps, 'pool' | 'prisma'>): Promise<Unattended[]> {
  const { rows } = await pool.query<Row>(
    `SELECT CASE WHEN found.why = 'unitDissolved' THEN NULL ELSE found.manager_id END AS "managerId", found.unit_id AS "unitId", found.why,
       json_agg(json_build_object('id', found.id, 'archiveNo', found.archive_no, 'client', found.client) ORDER BY found.archive_no) AS accounts
     FROM (SELECT h.manager_id, h.unit_id, a.id, a.archive_no, c.name AS client,
         CASE WHEN u.dissolved_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date THEN 'unitDissolved' WHEN NOT p.active THEN 'left' WHEN p.unit_id <> h.unit_id THEN 'moved' END AS why
       FROM holdings h JOIN accounts a ON a.id = h.account_id JOIN clients c ON c.id = a.client_id JOIN units u ON u.id = h.unit_id
         LEFT JOIN persons p ON p.id = h.manager_id
       WHERE h.valid_to IS NULL AND a.state <> 'terminated'
         AND NOT EXISTS (SELECT 1 FROM case_accounts x WHERE x.account_id = a.id AND x.alone = 'reassignment' AND x.open)) found
     WHERE found.why IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 3, 2, 1`,
  );
  const names = await loadNames(prisma, {
    persons: rows.map((row) => row.managerId),
    units: rows.map((row) => row.unitId),
  });
  return rows.map(({ managerId, unitId, why, accounts }) => ({
    manager: names.personOrNull(managerId),
    unit: names.unit(unitId),
    why,
    accounts,
  }));
}
