import { openForClient } from '../../../cases/clientSecrets.ts';
import { loadPolicy } from '../../../cases/policies.ts';
import { daysOf } from '../../../domain/campaign.ts';
import { foreseeScore } from '../../../domain/foresight.ts';
import type { Grade } from '../../../domain/grading.ts';
import type { Score } from '../../../domain/score.ts';
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

type ReviewRow = Row &
  FileColumns &
  CaseColumns & {
    readonly clientId: string;
    readonly accountId: string;
    readonly name: string;
    readonly grade: Grade;
    readonly secret: Buffer;
    /** The days over which its visits were counted, and the version they were due by. */
    readonly days: number;
    readonly version: number;
  };

/** The scores of a year's reviews. */
export function reviews(asked: Asked, year: number) {
  const { deps, values, bounds } = asked;
  const scored = Prisma.sql`r.year = ${year} AND r.secret IS NOT NULL AND NOT r.replaced`;
  const { from, to } = daysOf(year - 1);
  const scoredOn = Prisma.sql`(SELECT max(s.opened_at) AT TIME ZONE 'Asia/Shanghai' FROM steps s WHERE s.case_id = c.id AND s.name = 'evaluating')::date`;
  return goThrough<ReviewRow>(
    asked,
    'review',
    {
      count: Prisma.sql`SELECT count(*)::int AS total FROM reviews r WHERE ${scored}`,
      page: (
        before,
      ) => Prisma.sql`SELECT r.id, r.secret, r.grade_before AS grade, ${fileColumns}, c.policy_version AS version,
          greatest(0, least(${to}::date, ${scoredOn}) - greatest(${from}::date, a.established_on))::int AS days, a.id AS "accountId", k.id AS "clientId", k.name, ${caseColumns(asked)}
        FROM reviews r JOIN cases c ON c.id = r.case_id JOIN accounts a ON a.id = r.account_id JOIN clients k ON k.id = a.client_id
        WHERE ${scored} AND ${after(Prisma.sql`r.id`, before)} ORDER BY r.id DESC LIMIT ${bounds.page}`,
    },
    async (row) => {
      const score = await openForClient<Score>(deps, row.clientId, 'reviews', row.id, row.secret);
      const { values: kept } = await loadPolicy(deps.pool, row.version);
      const foreseen = foreseeScore(score, { ...row, year, kept }, values);
      if (!foreseen.differs) return null;
      return {
        readable: row.readable && readsFileOf(asked, row),
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
