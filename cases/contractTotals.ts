import type { Pool, PoolClient } from 'pg';
import {
  type CountedProject,
  type SourcedTotal,
  type TotalKind,
  type TotalSource,
  totalsOf,
} from '../domain/contractTotals.ts';

/** A total as it is stored; `asOf` is the day an imported one stands for. */
export type StoredTotal = SourcedTotal & { readonly asOf: string | null };

/** What counts of an account's projects, and since when (Article 12). */
async function countedProjects(client: Pool | PoolClient, accountId: string) {
  const { rows } = await client.query<Omit<CountedProject, 'amountFen'> & { establishedOn: string; amountFen: string }>(
    `SELECT p.state, p.cancelled, p.prior, p.counts_toward_grade AS "countsTowardGrade", p.contracted_on::text AS "contractedOn",
       p.amount_fen AS "amountFen", a.established_on::text AS "establishedOn"
     FROM projects p JOIN accounts a ON a.id = p.account_id WHERE a.id = $1`,
    [accountId],
  );
  return {
    establishedOn: rows[0]?.establishedOn ?? '',
    projects: rows.map(({ amountFen, ...project }) => ({ ...project, amountFen: BigInt(amountFen) })),
  };
}

/** Adds up an account's projects anew, in the transaction that changed them; the account's row is locked. */
export async function storeProjectTotals(client: PoolClient, accountId: string): Promise<void> {
  const { projects, establishedOn } = await countedProjects(client, accountId);
  const totals = projects.length > 0 ? totalsOf(projects, establishedOn) : [];
  await client.query(`DELETE FROM contract_totals WHERE account_id = $1 AND source = 'projects'`, [accountId]);
  await client.query(
    `INSERT INTO contract_totals (account_id, kind, year, source, amount_fen)
     SELECT $1, kind, year, 'projects', fen FROM unnest($2::text[], $3::int[], $4::bigint[]) AS t (kind, year, fen)`,
    [accountId, totals.map(({ kind }) => kind), totals.map(({ year }) => year ?? 0), totals.map(({ fen }) => fen)],
  );
}

/** The totals of an account from every source. */
export async function storedTotals(database: Pool | PoolClient, accountId: string): Promise<StoredTotal[]> {
  const { rows } = await database.query<{
    kind: TotalKind;
    year: number;
    source: TotalSource;
    fen: string;
    asOf: string | null;
  }>(
    `SELECT kind, year, source, amount_fen AS fen, as_of::text AS "asOf" FROM contract_totals WHERE account_id = $1 ORDER BY kind, year, source`,
    [accountId],
  );
  return rows.map(({ fen, year, ...total }) => ({ ...total, year: year === 0 ? null : year, fen: BigInt(fen) }));
}

/** What the ledger says of accounts that are taken over, as of the day of its decision (fen). */
export async function storeLedgerTotals(
  client: PoolClient,
  personId: string,
  told: readonly {
    readonly accountId: string | undefined;
    readonly expected: bigint;
    readonly cumulative: bigint | null;
    readonly asOf: string;
  }[],
): Promise<void> {
  const rows = told.flatMap(({ accountId, asOf, expected, cumulative }) => [
    { account_id: accountId, kind: 'expected', amount_fen: String(expected), as_of: asOf },
    ...(cumulative === null
      ? []
      : [{ account_id: accountId, kind: 'cumulative', amount_fen: String(cumulative), as_of: asOf }]),
  ]);
  await client.query(
    `INSERT INTO contract_totals (account_id, kind, source, amount_fen, as_of, entered_by)
     SELECT account_id, kind, 'ledger', amount_fen, as_of, $2 FROM jsonb_populate_recordset(NULL::contract_totals, $1)`,
    [JSON.stringify(rows), personId],
  );
}
