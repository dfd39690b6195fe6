import { visitInterval } from '../domain/accountClock.ts';
import { daysOf } from '../domain/campaign.ts';
import { gradeFit } from '../domain/contractTotals.ts';
import type { Grade } from '../domain/grading.ts';
import { contractInputs, type Score, type ScoreInputs, scoreOf } from '../domain/score.ts';
import { accountRow } from './accounts.ts';
import { sealForClient } from './clientSecrets.ts';
import { storedTotals } from './contractTotals.ts';
import type { ReviewRow } from './reviews.ts';
import type { CaseTransaction } from './transaction.ts';
import { visitStands } from './visits.ts';

/**
 * Scores the account of a review from what is stored and what was reported (null where nobody did), and stores the score with its parts
 * and inputs, what it suggests, and the grade that the totals give where it is another (Articles 10.3, 12).
 */
export async function scoreReview(
  tx: CaseTransaction,
  review: ReviewRow,
  ratings: Pick<ScoreInputs, 'performance' | 'cooperation' | 'credit'> | null,
): Promise<Score> {
  const { values } = tx.policy;
  const account = await accountRow(tx.client, review.accountId);
  const totals = await storedTotals(tx.client, account.id);
  const contract = contractInputs(totals, values, review.year);
  const lines = { companyLineFen: BigInt(values.companyLineFen), branchLineFen: BigInt(values.branchLineFen) };
  const inputs: ScoreInputs = {
    ...contract,
    lineFen: account.grade === 'company' ? values.companyLineFen : values.branchLineFen,
    ...(await paymentOf(tx, account.id)),
    performance: ratings?.performance ?? null,
    cooperation: ratings?.cooperation ?? null,
    credit: ratings?.credit ?? null,
    ...(await visitsOf(tx, account.id, review.year, account.managedBy)),
    totals: totals.map(({ kind, year, source, fen }) => ({ kind, year, source, fen: String(fen) })),
  };
  const score = scoreOf(inputs, values);
  const { gives, fits } = gradeFit(account.grade, BigInt(contract.totalsFen), lines);
  const proposedGrade = fits === 'fits' ? null : lowestGrade(gives);
  await tx.sql('UPDATE reviews SET score = $2, proposal = $3, proposed_grade = $4, secret = $5 WHERE id = $1', [
    review.id,
    score.total,
    score.suggests,
    proposedGrade === account.grade ? null : proposedGrade,
    await sealForClient(tx.deps, account.clientId, 'reviews', review.id, score),
  ]);
  return score;
}

/** There is no grade below the branch's: such an account keeps it until it is decided otherwise (Article 12: "should have" 应有). */
const lowestGrade = (gives: Grade | 'below'): Grade => (gives === 'below' ? 'branch' : gives);

async function paymentOf(tx: CaseTransaction, accountId: string) {
  const [row] = await tx.sql(
    `SELECT sum(receivable_fen)::text AS "receivableFen", sum(received_fen)::text AS "receivedFen" FROM projects WHERE account_id = $1 AND NOT cancelled`,
    [accountId],
  );
  return row as { receivableFen: string | null; receivedFen: string | null };
}

async function visitsOf(tx: CaseTransaction, accountId: string, year: number, managedBy: 'company' | 'branch') {
  const { from, to } = daysOf(year - 1);
  const [row] = await tx.sql(
    `SELECT (SELECT count(*)::int FROM visits v WHERE v.account_id = a.id AND v.state = 'done' AND v.visited_on BETWEEN $2::date AND $3::date AND ${visitStands('v')}) AS done,
       greatest(0, (least($3::date, ($4::timestamptz AT TIME ZONE 'Asia/Shanghai')::date) - greatest($2::date, a.established_on)))::int AS days
     FROM accounts a WHERE a.id = $1`,
    [accountId, from, to, tx.now],
  );
  const interval = visitInterval(managedBy, tx.policy.values);
  return { visitsDone: Number(row?.done), visitsDue: Math.floor(Number(row?.days) / interval) };
}
