import type { Pool } from 'pg';
import { localDay } from '../../../domain/calendar.ts';
import { yuanFromFen } from '../../../domain/money.ts';
import { type Territory, unitFor } from '../../../domain/region.ts';
import type { AccountFigures, AccountSum } from '../../contract/dashboard.ts';
import type { ApiDeps } from '../../deps.ts';
import { loadNames } from '../names.ts';
import { type Outlook, seesAll, seesAmounts } from './outlook.ts';

type SumRow = { accounts: number; fen: string };
type Row = SumRow & { key: string };

/** Accounts that are worked with, under the unit that leads them; `$1` the reader's units, `$2` whether he sees all, `$3` whose own accounts alone. */
const LED = `accounts a JOIN holdings h ON h.account_id = a.id AND h.kind = 'lead' AND h.valid_to IS NULL
  AND a.terminated_on IS NULL AND ($2::boolean OR h.unit_id = ANY ($1::text[])
    OR EXISTS (SELECT 1 FROM holdings own WHERE own.account_id = a.id AND own.manager_id = $3 AND own.valid_to IS NULL))`;
/** What was expected of each when it was established (Article 12), as a whole and by where it is to lie. */
const EXPECTED = `SELECT a.id, h.unit_id, coalesce((SELECT r.expected_fen FROM recommendations r WHERE r.case_id = a.decision_case_id),
    (SELECT l.expected_fen FROM ledger_entries l WHERE l.account_id = a.id)) AS expected_fen,
  EXISTS (SELECT 1 FROM account_regions p WHERE p.account_id = a.id) AS placed FROM ${LED}`;
const PLACED = `SELECT a.id, p.region_code, p.expected_fen FROM ${LED} JOIN account_regions p ON p.account_id = a.id`;
const SUM = 'count(DISTINCT id)::int AS accounts, coalesce(sum(expected_fen), 0)::text AS fen';

/** Key accounts, and what was expected of them, by the unit that leads them and by where the contracts are to lie. */
export async function accountFigures({ pool, prisma }: ApiDeps, outlook: Outlook): Promise<AccountFigures> {
  const whose = [outlook.unitIds, seesAll(outlook), outlook.managerId];
  const [sums, provinces, codes, territories, branches] = await Promise.all([
    query<Row & { of: 'all' | 'unit' | 'placing' }>(
      pool,
      `SELECT CASE GROUPING(unit_id, placed) WHEN 1 THEN 'unit' WHEN 2 THEN 'placing' ELSE 'all' END AS of, coalesce(unit_id, placed::text) AS key, ${SUM}
       FROM (${EXPECTED}) e GROUP BY GROUPING SETS ((unit_id), (placed), ())`,
      whose,
    ),
    query<Row>(pool, `SELECT left(region_code, 2) || '0000' AS key, ${SUM} FROM (${PLACED}) p GROUP BY 1`, whose),
    query<{ code: string }>(pool, `SELECT DISTINCT region_code AS code FROM (${PLACED}) p`, whose),
    territoriesToday(pool),
    prisma.unit.findMany({ where: { kind: 'branch', dissolvedOn: null }, select: { id: true } }),
  ]);
  const units = sums.filter((row) => row.of === 'unit');
  const total = sums.find((row) => row.of === 'all');
  const unplaced = sums.find((row) => row.of === 'placing' && row.key === 'false');
  const today = localDay(Date.now());
  const nobodys = codes
    .map(({ code }) => code)
    .filter((code) => unitFor(code, territories, today).unitIds.length === 0);
  const [elsewhere] = await query<SumRow>(
    pool,
    `SELECT ${SUM} FROM (${PLACED}) p WHERE region_code = ANY ($4::text[])`,
    [...whose, nobodys],
  );

  const sumOf = (row: SumRow | undefined): AccountSum => ({
    accounts: row?.accounts ?? 0,
    expectedYuan: seesAmounts(outlook) ? yuanFromFen(BigInt(row?.fen ?? '0')) : null,
  });
  const withTerritory = new Set(territories.flatMap(({ unitId }) => unitId ?? []));
  const shown = seesAll(outlook) ? branches.map(({ id }) => id) : outlook.unitIds;
  const unitIds = [...new Set([...shown, ...units.map(({ key }) => key)])].sort();
  const names = await loadNames(prisma, { units: unitIds });
  const inProvince = Map.groupBy(territories, ({ regionCode }) => `${regionCode.slice(0, 2)}0000`);
  const provinceCodes = [...new Set([...inProvince.keys(), ...provinces.map(({ key }) => key)])].sort();
  return {
    scope: outlook.scope,
    asOf: new Date().toISOString(),
    units: unitIds.map((id) => ({
      unit: names.unit(id),
      hasTerritory: withTerritory.has(id),
      ...sumOf(units.find(({ key }) => key === id)),
    })),
    provinces: provinceCodes.map((code) => ({
      code,
      unitIds: [...new Set((inProvince.get(code) ?? []).flatMap(({ unitId }) => unitId ?? []))].sort(),
      ...sumOf(provinces.find(({ key }) => key === code)),
    })),
    elsewhere: sumOf(elsewhere),
    unplaced: sumOf(unplaced),
    total: sumOf(total),
  };
}

async function query<R extends object>(pool: Pool, text: string, values: unknown[]): Promise<R[]> {
  return (await pool.query<R>(text, values)).rows;
}

/** Territories in force; one that is carved out has no unit. */
async function territoriesToday(pool: Pool): Promise<Territory[]> {
  const today = localDay(Date.now());
  return query<Territory>(
    pool,
    `SELECT CASE WHEN carve_out THEN NULL ELSE unit_id END AS "unitId", concat_ws('/', prefix, area) AS "regionCode",
       valid_from::text AS "from", valid_to::text AS "until" FROM territories
     WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)`,
    [today],
  );
}
