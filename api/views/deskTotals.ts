import { counting, type SourcedTotal, type TotalKind, type TotalSource } from '../../domain/contractTotals.ts';
import { yuanFromFen } from '../../domain/money.ts';
import type { PolicyValues } from '../../domain/policy.ts';
import type { DeskScope, DeskTotals } from '../contract/desk.ts';
import type { ApiDeps } from '../deps.ts';
import type { Grade } from './caseSummaries.ts';

type Counted = { readonly id: string; readonly name: string; readonly grade: Grade };
type Sums = { readonly expected: bigint; readonly cumulative: bigint; readonly yearly: bigint };

const NOTHING: Sums = { expected: 0n, cumulative: 0n, yearly: 0n };

/** The contract totals of accounts, kept apart (Article 12): each account's on a unit's desk, each grade's on the committee's. */
export async function deskTotals(
  deps: Pick<ApiDeps, 'pool'>,
  accounts: readonly Counted[],
  given: { readonly scope: DeskScope; readonly year: number; readonly source: PolicyValues['contractSource'] },
): Promise<DeskTotals[]> {
  if (given.scope === 'mine') return [];
  const sums = await sumsOf(deps, accounts, given);
  const of = (id: string): Sums => sums.get(id) ?? NOTHING;
  if (given.scope === 'company')
    return (['company', 'branch'] as const).flatMap((grade) => {
      const all = accounts.filter((account) => account.grade === grade);
      return all.length === 0
        ? []
        : [
            {
              account: null,
              grade,
              accounts: all.length,
              ...inYuan(all.map(({ id }) => of(id)).reduce(added, NOTHING)),
            },
          ];
    });
  const size = ({ expected, cumulative }: Sums): bigint => expected + cumulative;
  return accounts
    .toSorted((a, b) => Number(size(of(b.id)) - size(of(a.id))))
    .map(({ id, name, grade }) => ({ account: { id, name }, grade, accounts: 1, ...inYuan(of(id)) }));
}

/** What counts of each account, by the source that counts. */
async function sumsOf(
  { pool }: Pick<ApiDeps, 'pool'>,
  accounts: readonly Counted[],
  { year, source }: { readonly year: number; readonly source: PolicyValues['contractSource'] },
): Promise<ReadonlyMap<string, Sums>> {
  const { rows } = await pool.query<{
    accountId: string;
    kind: TotalKind;
    year: number;
    source: TotalSource;
    fen: string;
  }>(
    `SELECT account_id AS "accountId", kind, year, source, amount_fen AS fen FROM contract_totals
     WHERE account_id = ANY ($1) AND (kind IN ('expected', 'cumulative') OR (kind = 'yearly' AND year = $2))`,
    [accounts.map(({ id }) => id), year],
  );
  const totals = rows.map((row): SourcedTotal & { accountId: string } => ({
    ...row,
    year: row.year === 0 ? null : row.year,
    fen: BigInt(row.fen),
  }));
  return new Map(
    [...Map.groupBy(totals, ({ accountId }) => accountId)].map(([id, all]) => {
      const counted = counting(all, source);
      const fen = (kind: TotalKind): bigint => counted.find((total) => total.kind === kind)?.fen ?? 0n;
      return [id, { expected: fen('expected'), cumulative: fen('cumulative'), yearly: fen('yearly') }];
    }),
  );
}

const added = (a: Sums, b: Sums): Sums => ({
  expected: a.expected + b.expected,
  cumulative: a.cumulative + b.cumulative,
  yearly: a.yearly + b.yearly,
});

const inYuan = ({ expected, cumulative, yearly }: Sums) => ({
  expectedYuan: yuanFromFen(expected),
  cumulativeYuan: yuanFromFen(cumulative),
  yearYuan: yuanFromFen(yearly),
});
