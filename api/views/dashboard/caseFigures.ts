import type { CaseFigures } from '../../contract/dashboard.ts';
import type { ApiDeps } from '../../deps.ts';
import { loadNames } from '../names.ts';
import { COUNTED, countedFor, type Outlook } from './outlook.ts';
import { OVERDUE } from './waits.ts';

const CELLS = `SELECT c.process, c.unit_id AS "unitId", c.state, count(*)::int AS cases,
    count(late.case_id)::int AS overdue
  FROM cases c LEFT JOIN (SELECT DISTINCT t.case_id FROM tasks t WHERE t.status = 'open' AND ${OVERDUE}) late ON late.case_id = c.id
  WHERE ${COUNTED} GROUP BY c.process, c.unit_id, c.state ORDER BY c.process, c.unit_id, c.state`;

/** Cases by unit and state. */
export async function caseFigures({ pool, prisma }: ApiDeps, outlook: Outlook): Promise<CaseFigures> {
  const { rows: cells } = await pool.query<CaseFigures['cells'][number]>(CELLS, countedFor(outlook));
  const ids = [...new Set([...outlook.unitIds, ...cells.map((cell) => cell.unitId)])].sort();
  const names = await loadNames(prisma, { units: ids });
  return { scope: outlook.scope, asOf: new Date().toISOString(), units: ids.map(names.unit), cells };
}
