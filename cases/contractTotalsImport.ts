import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import type { Finding, FindingCode, FindingParams } from '../domain/importFinding.ts';
import { isError } from '../domain/importFinding.ts';
import { display } from '../domain/money.ts';
import { type ContractTotalRow, contractTotalColumns, contractTotalSchema } from '../forms/contractTotalRow.ts';
import type { ImportKind, ReadRow } from './importKind.ts';

type Account = { readonly id: string; readonly names: readonly string[]; readonly state: string };
type Total = { readonly fen: string; readonly asOf: string | null };

/** 合同额: what the contract department says an account’s contracts add up to, beside what its projects do (Article 12). */
export const contractTotalsImport: ImportKind<ContractTotalRow> = {
  kind: 'contractTotals',
  columns: contractTotalColumns,
  preview: ['account', 'kind', 'year', 'amount', 'asOf'],
  checkers: ['dataClerk', 'office'],
  appliers: ['office'],
  schemaFor: contractTotalSchema,

  async take({ client }, rows) {
    const accounts = await accountsOf(client, rows);
    const ids = [...new Set([...accounts.values()].map(({ id }) => id))];
    await client.query('SELECT 1 FROM accounts WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [ids]);
  },

  async judge({ client, now }, rows) {
    const accounts = await accountsOf(client, rows);
    const totals = await totalsOf(client, [...accounts.values()]);
    const today = localDay(now.getTime());
    const first = new Map<string, number>();
    return rows.map(({ row, value }) => {
      const account = accounts.get(value.account);
      const place = `${account?.id ?? value.account} ${value.kind} ${value.year ?? 0}`;
      const before = first.get(place);
      if (before === undefined) first.set(place, row);
      const stored = totals.get(`${place} contractDepartment`);
      const own = totals.get(`${place} projects`);
      const findings = [
        ...(account ? [] : [found('account', 'accountUnknown', { account: value.account })]),
        ...(account?.state === 'terminated' ? [found('account', 'accountEnded')] : []),
        ...((value.kind === 'yearly') === (value.year !== null) ? [] : [found('year', 'yearOfYearly')]),
        ...(value.asOf > today ? [found('asOf', 'asOfInFuture')] : []),
        ...(before === undefined ? [] : [found('account', 'totalTwice', { row: before })]),
        ...(stored?.asOf && stored.asOf > value.asOf ? [found('asOf', 'totalOlder', { asOf: stored.asOf })] : []),
        ...(own && BigInt(own.fen) !== value.amount
          ? [found('amount', 'totalDiffers', { amount: display(BigInt(own.fen)) })]
          : []),
      ];
      if (findings.some(isError)) return { row, verdict: 'refused', findings };
      const isSame = stored?.fen === String(value.amount) && stored.asOf === value.asOf;
      return { row, verdict: isSame ? 'same' : 'new', findings };
    });
  },

  async apply({ client }, { personId }, rows) {
    const accounts = await accountsOf(client, rows);
    await client.query(
      `INSERT INTO contract_totals (account_id, kind, year, source, amount_fen, as_of, entered_by)
       SELECT account_id, kind, year, 'contractDepartment', amount_fen, as_of, $2 FROM jsonb_populate_recordset(NULL::contract_totals, $1)
       ON CONFLICT (account_id, kind, year, source) DO UPDATE
         SET amount_fen = EXCLUDED.amount_fen, as_of = EXCLUDED.as_of, entered_by = EXCLUDED.entered_by, updated_at = now()`,
      [
        JSON.stringify(
          rows.map(({ value }) => ({
            account_id: accounts.get(value.account)?.id,
            kind: value.kind,
            year: value.year ?? 0,
            amount_fen: String(value.amount),
            as_of: value.asOf,
          })),
        ),
        personId,
      ],
    );
  },
};

const found = (column: string, code: FindingCode, params: FindingParams = {}): Finding => ({ column, code, params });

/** The accounts that rows name, by what they are named; of a client established more than once the latest. */
async function accountsOf(
  client: PoolClient,
  rows: readonly ReadRow<ContractTotalRow>[],
): Promise<ReadonlyMap<string, Account>> {
  const names = [...new Set(rows.map(({ value }) => value.account))];
  const { rows: all } = await client.query<Account>(
    `SELECT a.id, a.state, array_agg(DISTINCT n.name) AS names FROM accounts a
       JOIN LATERAL (SELECT a.archive_no AS name UNION SELECT l.code FROM legal_entities l WHERE l.client_id = a.client_id) n ON n.name = ANY ($1)
     GROUP BY a.id ORDER BY a.established_on, a.id`,
    [names],
  );
  return new Map(all.flatMap((account) => account.names.map((name) => [name, account] as const)));
}

/** What is stored of them, by place and source. */
async function totalsOf(client: PoolClient, accounts: readonly Account[]): Promise<ReadonlyMap<string, Total>> {
  const { rows } = await client.query<Total & { place: string }>(
    `SELECT concat_ws(' ', account_id, kind, year, source) AS place, amount_fen AS fen, as_of::text AS "asOf" FROM contract_totals
     WHERE account_id = ANY ($1)`,
    [[...new Set(accounts.map(({ id }) => id))]],
  );
  return new Map(rows.map((row) => [row.place, row]));
}
