import type { Actor } from '../../cases/actor.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { loadPolicy } from '../../cases/policies.ts';
import type { BallotRule } from '../../domain/ballot.ts';
import { ruleOf } from '../../domain/ballotPolicy.ts';
import { localDay } from '../../domain/calendar.ts';
import { isChoice, type Proof } from '../../domain/choice.ts';
import { counting, figureForGrade, type SourcedTotal } from '../../domain/contractTotals.ts';
import { foreseeBallot, foreseeScore, isSameRule, resultOf } from '../../domain/foresight.ts';
import { type Grade, type GradeLines, grade } from '../../domain/grading.ts';
import { yuanFromFen } from '../../domain/money.ts';
import type { PolicyValues } from '../../domain/policy.ts';
import type { Score } from '../../domain/score.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { ForeseenKind, ForeseenView, ForesightView } from '../contract/foresight.ts';
import type { ApiDeps } from '../deps.ts';
import { readableCases } from './readableCases.ts';

/** How long one preview may take, in milliseconds, and how much of it is shown. */
export type ForesightBounds = { readonly budget: number; readonly page: number; readonly shown: number };
export const standardBounds: ForesightBounds = { budget: 5000, page: 200, shown: 50 };

type Asked = {
  readonly deps: ApiDeps;
  readonly values: PolicyValues;
  readonly current: PolicyValues;
  /** Holds for a row `c` of `cases` that the reader may read. */
  readonly readable: Prisma.Sql;
  readonly bounds: ForesightBounds;
  readonly until: number;
};

type Row = { readonly id: string };
type Found = { readonly view: ForeseenView; readonly readable: boolean };

/**
 * What would change under other values: what was decided and scored, gone through again page by page, the newest first, until the time is
 * up. Reads alone. What the reader may not read is counted and not shown.
 */
export async function foresee(
  deps: ApiDeps,
  actor: Actor,
  given: { readonly values: PolicyValues; readonly current: PolicyValues },
  bounds: ForesightBounds = standardBounds,
): Promise<ForesightView> {
  const { condition } = await readableCases(deps, actor);
  const newest = await deps.prisma.campaign.findFirst({ orderBy: { year: 'desc' }, select: { year: true } });
  const asked: Asked = { deps, ...given, readable: condition, bounds, until: Date.now() + bounds.budget };
  // What is few and cheap comes first, so that many ballots do not take its time.
  const parts = [
    await reviews(asked, newest?.year ?? null),
    await accounts(asked),
    await recommendations(asked),
    await ballots(asked),
  ];
  return {
    examined: parts.map(({ kind, total, examined, differing }) => ({ kind, total, examined, differing })),
    year: newest?.year ?? null,
    differing: parts.flatMap(({ shown }) => shown),
    notReplayed: ['deadlines', 'matter', 'sealed', 'figures'],
  };
}

/** Goes through the rows of one kind, a page at a time from the newest id on. */
async function goThrough<R extends Row>(
  { deps, bounds, until }: Asked,
  kind: ForeseenKind,
  source: { readonly count: Prisma.Sql; readonly page: (before: string | null) => Prisma.Sql },
  look: (row: R) => Promise<Found | null> | Found | null,
) {
  const count = await deps.pool.query<{ total: number }>(source.count);
  const shown: ForeseenView[] = [];
  let [examined, differing] = [0, 0];
  for (let before: string | null = null; Date.now() < until; ) {
    const { rows }: { rows: R[] } = await deps.pool.query<R>(source.page(before));
    for (const row of rows) {
      const found = await look(row);
      examined += 1;
      if (!found) continue;
      differing += 1;
      if (found.readable && shown.length < bounds.shown) shown.push(found.view);
    }
    before = rows.at(-1)?.id ?? null;
    if (rows.length < bounds.page) break;
  }
  return { kind, total: count.rows[0]?.total ?? examined, examined, differing, shown };
}

const after = (column: Prisma.Sql, before: string | null): Prisma.Sql =>
  before === null ? Prisma.sql`true` : Prisma.sql`${column} < ${before}`;

type CaseColumns = {
  readonly caseId: string;
  readonly number: string | null;
  readonly title: string;
  readonly readable: boolean;
};
const caseColumns = ({ readable }: Asked): Prisma.Sql =>
  Prisma.sql`c.id AS "caseId", c.number, c.title, coalesce(${readable}, false) AS readable`;
const caseOf = ({ caseId, number, title }: CaseColumns) => ({ id: caseId, number, title });

type BallotRow = Row &
  CaseColumns & {
    readonly step: string;
    readonly round: number;
    readonly proof: Proof;
    readonly earlier: readonly Proof[];
  };

// In a case that goes on the votes of an inquorate ballot may count again, and are sealed until they do not.
const TOLD = Prisma.sql`b.status = 'closed' AND b.proof IS NOT NULL AND (b.outcome <> 'inquorate' OR c.closed_at IS NOT NULL)`;

function ballots(asked: Asked) {
  const { values, bounds } = asked;
  return goThrough<BallotRow>(
    asked,
    'ballot',
    {
      count: Prisma.sql`SELECT count(*)::int AS total FROM ballots b JOIN cases c ON c.id = b.case_id WHERE ${TOLD}`,
      page: (before) => Prisma.sql`SELECT b.id, b.step, b.round, b.proof, ${caseColumns(asked)},
          coalesce((SELECT json_agg(e.proof) FROM ballots e WHERE e.case_id = b.case_id AND e.step = b.step AND e.round < b.round AND e.proof IS NOT NULL), '[]') AS earlier
        FROM ballots b JOIN cases c ON c.id = b.case_id
        WHERE ${TOLD} AND ${after(Prisma.sql`b.id`, before)} ORDER BY b.id DESC LIMIT ${bounds.page}`,
    },
    (row) => {
      const { proof } = row;
      const foreseen = foreseenBy(values, proof);
      if (!foreseen?.differs) return null;
      // After a ballot that comes out otherwise this one is not held: it is that one that differs.
      if (row.earlier.some((each) => foreseenBy(values, each)?.differs)) return null;
      const before = resultOf(proof);
      return {
        readable: row.readable,
        view: {
          kind: 'ballot',
          case: caseOf(row),
          matter: proof.rule.matter,
          step: row.step,
          round: row.round,
          policyVersion: proof.ruleVersion,
          closes: foreseen.closes,
          before,
          after: foreseen.result ?? { outcome: null, decided: null },
          beforeProof: ballotProof(proof.rule, proof.tally, isChoice(proof) ? null : proof.reasonCode),
          afterProof: ballotProof(
            ruleOf(proof.rule.matter, values),
            foreseen.count.tally,
            'reasonCode' in foreseen.count ? foreseen.count.reasonCode : null,
          ),
        },
      };
    },
  );
}

/** Null where it is the same rule. */
function foreseenBy(values: PolicyValues, proof: Proof) {
  const rule = ruleOf(proof.rule.matter, values);
  return isSameRule(rule, proof.rule) ? null : foreseeBallot(proof, rule);
}

function ballotProof(rule: BallotRule, tally: Proof['tally'], reasonCode: string | null) {
  const { quorumOfBody, quorumOfSeats, majorityOf, tieBreak, directorLast, early } = rule;
  return {
    rule: {
      quorumOfBody: [...quorumOfBody],
      quorumOfSeats: [...quorumOfSeats],
      majorityOf,
      tieBreak,
      directorLast,
      early,
    },
    tally: {
      seats: tally.N,
      recused: tally.R,
      expected: tally.B,
      present: tally.P,
      quorum: tally.quorum,
      for: 'for' in tally ? tally.for : null,
      against: 'against' in tally ? tally.against : null,
      abstain: tally.abstain,
      options: 'counts' in tally ? Object.entries(tally.counts).map(([option, votes]) => ({ option, votes })) : null,
    },
    reasonCode,
  };
}

type ReviewRow = Row &
  CaseColumns & {
    readonly clientId: string;
    readonly accountId: string;
    readonly name: string;
    readonly grade: Grade;
    readonly secret: Buffer;
  };

function reviews(asked: Asked, year: number | null) {
  const { deps, values, bounds } = asked;
  const scored = Prisma.sql`r.year = ${year} AND r.secret IS NOT NULL`;
  return goThrough<ReviewRow>(
    asked,
    'review',
    {
      count: Prisma.sql`SELECT count(*)::int AS total FROM reviews r WHERE ${scored}`,
      page: (
        before,
      ) => Prisma.sql`SELECT r.id, r.secret, r.grade_before AS grade, a.id AS "accountId", k.id AS "clientId", k.name, ${caseColumns(asked)}
        FROM reviews r JOIN cases c ON c.id = r.case_id JOIN accounts a ON a.id = r.account_id JOIN clients k ON k.id = a.client_id
        WHERE ${scored} AND ${after(Prisma.sql`r.id`, before)} ORDER BY r.id DESC LIMIT ${bounds.page}`,
    },
    async (row) => {
      const score = await openForClient<Score>(deps, row.clientId, 'reviews', row.id, row.secret);
      const foreseen = foreseeScore(score, row.grade, values);
      if (!foreseen.differs) return null;
      return {
        readable: row.readable,
        view: {
          kind: 'review',
          case: caseOf(row),
          account: { id: row.accountId, name: row.name },
          before: { outcome: score.suggests, decided: null },
          after: { outcome: foreseen.after.suggests, decided: null },
          beforeProof: scoreProof(score),
          afterProof: scoreProof(foreseen.after),
        },
      };
    },
  );
}

const scoreProof = ({ total, parts, rule: { intensifyFrom, terminateBelow } }: Score) => ({
  total,
  parts: parts.map((part) => ({ ...part })),
  intensifyFrom,
  terminateBelow,
});

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

function recommendations(asked: Asked) {
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

type AccountRow = Row & {
  readonly name: string;
  readonly grade: Grade;
  readonly totals: readonly (Omit<SourcedTotal, 'fen' | 'year'> & { readonly fen: string; readonly year: number })[];
};

/** What an account's contract totals give, by the figure that counts; under the policy in force and under the other. */
function accounts(asked: Asked) {
  const { values, current, bounds } = asked;
  const year = Number(localDay(Date.now()).slice(0, 4));
  const figure = (totals: readonly SourcedTotal[], policy: PolicyValues): bigint =>
    figureForGrade(counting(totals, policy.contractSource), policy.gradeFigure, year);
  return goThrough<AccountRow>(
    asked,
    'account',
    {
      count: Prisma.sql`SELECT count(*)::int AS total FROM accounts WHERE state <> 'terminated'`,
      page: (before) => Prisma.sql`SELECT a.id, a.grade, k.name,
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
      return foreseen && { readable: true, view: { kind: 'account', account, grade: row.grade, ...foreseen } as const };
    },
  );
}
