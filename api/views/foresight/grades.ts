import { loadPolicy } from '../../../cases/policies.ts';
import { localDay } from '../../../domain/calendar.ts';
import { counting, figureForGrade, type SourcedTotal } from '../../../domain/contractTotals.ts';
import { type Grade, type GradeLines, grade } from '../../../domain/grading.ts';
import { yuanFromFen } from '../../../domain/money.ts';
import type { PolicyValues } from '../../../domain/policy.ts';
import { Prisma } from '../../../prisma/generated/client.ts';
import {
  type Asked,
  after,
  type CaseColumns,
  caseColumns,
  caseOf,
  type FileColumns,
  fileColumns,
  goThrough,
  type Row,
  readsFileOf,
} from './pages.ts';

const linesOf = ({ companyLineFen, branchLineFen }: PolicyValues): GradeLines => ({
  companyLineFen: BigInt(companyLineFen),
  branchLineFen: BigInt(branchLineFen),
});

/** The grade a figure gives under two sets of lines; null where it is the same. */
function graded(before: { fen: bigint; lines: GradeLines }, next: { fen: bigint; lines: GradeLines }) {
  const [was, becomes] = [grade(before.fen, before.lines), grade(next.fen, next.lines)];
  if (was === becomes) return null;
  return {
    before: { outcome: was, decided: null },
    after: { outcome: becomes, decided: null },
    beforeProof: gradeProof(before),
    afterProof: gradeProof(next),
  };
}

const gradeProof = ({ fen, lines }: { fen: bigint; lines: GradeLines }) => ({
  figureYuan: yuanFromFen(fen),
  companyLineYuan: yuanFromFen(lines.companyLineFen),
  branchLineYuan: yuanFromFen(lines.branchLineFen),
});

type RecommendationRow = Row & CaseColumns & { readonly fen: string; readonly version: number };

/** The grades of recommendations, by the lines of the version they kept and by the others. */
export function recommendations(asked: Asked) {
  const { deps, values, bounds } = asked;
  return goThrough<RecommendationRow>(
    asked,
    'recommendation',
    {
      count: Prisma.sql`SELECT count(*)::int AS total FROM recommendations r WHERE r.submitted_at IS NOT NULL`,
      page: (
        before,
      ) => Prisma.sql`SELECT r.case_id AS id, r.expected_fen::text AS fen, c.policy_version AS version, ${caseColumns(asked)}
        FROM recommendations r JOIN cases c ON c.id = r.case_id
        WHERE r.submitted_at IS NOT NULL AND ${after(Prisma.sql`r.case_id`, before)} ORDER BY r.case_id DESC LIMIT ${bounds.page}`,
    },
    async (row) => {
      const fen = BigInt(row.fen);
      const kept = await loadPolicy(deps.pool, row.version);
      const foreseen = graded({ fen, lines: linesOf(kept.values) }, { fen, lines: linesOf(values) });
      return (
        foreseen && {
          readable: row.readable,
          view: { kind: 'recommendation', case: caseOf(row), ...foreseen } as const,
        }
      );
    },
  );
}

type AccountRow = Row &
  FileColumns & {
    readonly name: string;
    readonly grade: Grade;
    readonly totals: readonly (Omit<SourcedTotal, 'fen' | 'year'> & { readonly fen: string; readonly year: number })[];
  };

/** What an account's contract totals give, by the figure that counts; under the policy in force and under the other. */
export function accounts(asked: Asked) {
  const { values, current, bounds } = asked;
  const year = Number(localDay(Date.now()).slice(0, 4));
  const figure = (totals: readonly SourcedTotal[], policy: PolicyValues): bigint =>
    figureForGrade(counting(totals, policy.contractSource), policy.gradeFigure, year);
  return goThrough<AccountRow>(
    asked,
    'account',
    {
      count: Prisma.sql`SELECT count(*)::int AS total FROM accounts WHERE state <> 'terminated'`,
      page: (before) => Prisma.sql`SELECT a.id, a.grade, k.name, ${fileColumns},
          coalesce((SELECT json_agg(json_build_object('kind', t.kind, 'year', t.year, 'source', t.source, 'fen', t.amount_fen::text)) FROM contract_totals t WHERE t.account_id = a.id), '[]') AS totals
        FROM accounts a JOIN clients k ON k.id = a.client_id
        WHERE a.state <> 'terminated' AND ${after(Prisma.sql`a.id`, before)} ORDER BY a.id DESC LIMIT ${bounds.page}`,
    },
    (row) => {
      const totals = row.totals.map(({ fen, year: of, ...total }) => ({
        ...total,
        year: of === 0 ? null : of,
        fen: BigInt(fen),
      }));
      const foreseen = graded(
        { fen: figure(totals, current), lines: linesOf(current) },
        { fen: figure(totals, values), lines: linesOf(values) },
      );
      const account = { id: row.id, name: row.name };
      return (
        foreseen && {
          readable: readsFileOf(asked, row),
          view: { kind: 'account', account, grade: row.grade, ...foreseen } as const,
        }
      );
    },
  );
}
