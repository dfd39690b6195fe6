import type { WaitingFigures } from '../../contract/dashboard.ts';
import type { ApiDeps } from '../../deps.ts';
import { timeOf } from '../days.ts';
import { loadNames } from '../names.ts';
import { COUNTED, countedFor, type Outlook } from './outlook.ts';
import { COMMITTEE, WAITS } from './waits.ts';

type Row = { unitId: string; holder: string; cases: number; overdue: number; oldest: Date };

const FLOWS = `SELECT c.unit_id AS "unitId", w.holder, count(DISTINCT c.id)::int AS cases,
    (count(DISTINCT c.id) FILTER (WHERE w.overdue))::int AS overdue, min(w.opened_at) AS oldest
  FROM (${WAITS}) w JOIN cases c ON c.id = w.case_id
  WHERE c.closed_at IS NULL AND c.state <> 'draft' AND ${COUNTED} GROUP BY c.unit_id, w.holder ORDER BY c.unit_id, w.holder`;

/** Whose cases wait for whom. Nobody waits for a draft. */
export async function waitingFigures({ pool, prisma }: ApiDeps, outlook: Outlook): Promise<WaitingFigures> {
  const { rows } = await pool.query<Row>(FLOWS, countedFor(outlook));
  const names = await loadNames(prisma, { units: rows.flatMap((row) => [row.unitId, row.holder]) });
  return {
    scope: outlook.scope,
    asOf: new Date().toISOString(),
    items: rows.map(({ unitId, holder, cases, overdue, oldest }) => ({
      unit: names.unit(unitId),
      holder: { id: holder, unit: holder === COMMITTEE ? null : names.unit(holder) },
      cases,
      overdue,
      oldest: timeOf(oldest),
    })),
  };
}
