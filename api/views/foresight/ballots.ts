import { processOf } from '../../../cases/contracts.ts';
import type { BallotRule, Matter } from '../../../domain/ballot.ts';
import { ruleOf } from '../../../domain/ballotPolicy.ts';
import { isChoice, type Proof } from '../../../domain/choice.ts';
import { foreseeBallot, isSameRule, matterUnder, resultOf } from '../../../domain/foresight.ts';
import type { PolicyValues } from '../../../domain/policy.ts';
import { Prisma } from '../../../prisma/generated/client.ts';
import { type Asked, after, type CaseColumns, caseColumns, caseOf, goThrough, type Row } from './pages.ts';

type BallotRow = Row &
  CaseColumns & {
    readonly step: string;
    readonly round: number;
    readonly proof: Proof;
    readonly earlier: readonly Proof[];
    readonly process: string;
    /** What a recommendation expects, in fen; null for any other case, whose level changes by decision alone. */
    readonly expectedFen: string | null;
  };

// In a case that goes on the votes of an inquorate ballot may count again, and are sealed until they do not.
export const toldOf = (ballot: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`${ballot}.status = 'closed' AND ${ballot}.proof IS NOT NULL AND (${ballot}.outcome <> 'inquorate' OR c.closed_at IS NOT NULL)`;
const TOLD = toldOf(Prisma.sql`b`);

/** Closed ballots, by the rule of the other values. */
export function ballots(asked: Asked) {
  const { values, bounds } = asked;
  return goThrough<BallotRow>(
    asked,
    'ballot',
    {
      count: Prisma.sql`SELECT count(*)::int AS total FROM ballots b JOIN cases c ON c.id = b.case_id WHERE ${TOLD}`,
      page: (
        before,
      ) => Prisma.sql`SELECT b.id, b.step, b.round, b.proof, c.process, r.expected_fen::text AS "expectedFen", ${caseColumns(asked)},
          coalesce((SELECT json_agg(e.proof) FROM ballots e WHERE e.case_id = b.case_id AND e.step = b.step AND e.round < b.round AND e.proof IS NOT NULL), '[]') AS earlier
        FROM ballots b JOIN cases c ON c.id = b.case_id LEFT JOIN recommendations r ON r.case_id = c.id
        WHERE ${TOLD} AND ${after(Prisma.sql`b.id`, before)} ORDER BY b.id DESC LIMIT ${bounds.page}`,
    },
    (row) => {
      const { proof } = row;
      const rule = ruleOf(matterOf(row, values), values);
      const foreseen = foreseenBy(rule, proof);
      if (!foreseen?.differs) return null;
      // After a ballot that comes out otherwise this one is not held: it is that one that differs.
      if (row.earlier.some((each) => foreseenBy(rule, each)?.differs)) return null;
      const before = resultOf(proof);
      return {
        readable: row.readable,
        view: {
          kind: 'ballot',
          case: caseOf(row),
          step: row.step,
          round: row.round,
          policyVersion: proof.ruleVersion,
          closes: foreseen.closes,
          before,
          after: foreseen.result ?? { outcome: null, decided: null },
          beforeProof: ballotProof(proof.rule, proof.tally, isChoice(proof) ? null : proof.reasonCode),
          afterProof: ballotProof(
            rule,
            foreseen.count.tally,
            'reasonCode' in foreseen.count ? foreseen.count.reasonCode : null,
          ),
        },
      };
    },
  );
}

/** Which act it is put as: by grade, that of a recommendation goes by what it expects. */
export function matterOf(
  { process, step, proof, expectedFen }: Pick<BallotRow, 'process' | 'step' | 'proof' | 'expectedFen'>,
  values: PolicyValues,
): Matter {
  const { matter } = proof.rule;
  const isByGrade = processOf(process).steps[step]?.ballot?.matter === 'byGrade';
  return isByGrade && expectedFen !== null ? matterUnder(matter, BigInt(expectedFen), values) : matter;
}

/** Null where it is the same rule. */
const foreseenBy = (rule: BallotRule, proof: Proof) =>
  isSameRule(rule, proof.rule) ? null : foreseeBallot(proof, rule);

function ballotProof(rule: BallotRule, tally: Proof['tally'], reasonCode: string | null) {
  const { matter, quorumOfBody, quorumOfSeats, majorityOf, tieBreak, directorLast, early } = rule;
  return {
    rule: {
      matter,
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
