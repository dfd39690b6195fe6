import type { WaitingFigures } from '../../contract/dashboard.ts';
import type { ApiDeps } from '../../deps.ts';
import { timeOf } from '../days.ts';
import { loadNames } from '../names.ts';
import { COUNTED, countedFor, type Outlook } from './outlook.ts';
import { COMMITTEE, WAITS } from './waits.ts';

type Row = { unitId: string; holder: string | null; cases: number; overdue: number; oldest: Date };

const FLOWS = `SELECT c.unit_id AS "unitId", w.holder, count(DISTINCT c.id)::int AS cases,
    (count(DISTINCT c.id) FILTER (WHERE w.overdue))::int AS overdue, min(w.opened_at) AS oldest
  FROM (${WAITS}) w JOIN cases c ON c.id = w.case_id
  WHERE c.closed_at IS NULL AND c.state <> 'draft' AND ${COUNTED} GROUP BY GROUPING SETS ((c.unit_id, w.holder), (c.unit_id)) ORDER BY c.unit_id, w.holder`;

/** Whose cases wait for whom. Nobody waits for a draft. */
export async function waitingFigures({ pool, prisma }: ApiDeps, outlook: Outlook): Promise<WaitingFigures> {
  const { rows } = await pool.query<Row>(FLOWS, countedFor(outlook));
  const names = await loadNames(prisma, { units: rows.flatMap((row) => [row.unitId, row.holder]) });
  const waitOf = ({ cases, overdue, oldest }: Row) => ({ cases, overdue, oldest: timeOf(oldest) });
  return {
    scope: outlook.scope,
    asOf: new Date().toISOString(),
    items: rows.flatMap((row) =>
      row.holder === null
        ? []
        : {
            unit: names.unit(row.unitId),
            holder: { id: row.holder, unit: row.holder === COMMITTEE ? null : names.unit(row.holder) },
            ...waitOf(row),
          },
    ),
    units: rows.flatMap((row) => (row.holder === null ? { unit: names.unit(row.unitId), ...waitOf(row) } : [])),
  };
}
