import type { Subject } from '../domain/ballot.ts';
import { localDay } from '../domain/calendar.ts';
import { reportDueOn } from '../domain/campaign.ts';
import { DomainError } from '../domain/errors.ts';
import type { Grade } from '../domain/grading.ts';
import type { ReviewOption } from '../domain/review.ts';
import { review } from '../workflows/contracts/review.ts';
import { type AccountRow, accountRow } from './accounts.ts';
import { ringCampaign } from './campaignBell.ts';
import { lastPause } from './campaignPause.ts';
import { aboutAccount } from './caseAccounts.ts';
import type { CaseDeps } from './deps.ts';
import { newCase } from './newCase.ts';
import { terminate } from './termination.ts';
import type { CaseTransaction } from './transaction.ts';

/** A review as its steps look at it. */
export type ReviewRow = {
  readonly id: string;
  readonly year: number;
  readonly accountId: string;
  readonly state: string;
  readonly proposal: ReviewOption | null;
  readonly proposedGrade: Grade | null;
  readonly outcome: ReviewOption | null;
  /** YYYY-MM-DD */
  readonly dueOn: string;
};

/** The review the case is. @throws DomainError `notFound` */
export async function reviewOf(tx: CaseTransaction): Promise<ReviewRow> {
  const [row] = await tx.sql(
    `SELECT r.id, r.year, r.account_id AS "accountId", r.state, r.proposal, r.proposed_grade AS "proposedGrade", r.outcome, coalesce(r.due_on, c.due_on)::text AS "dueOn"
     FROM reviews r JOIN campaigns c ON c.year = r.year WHERE r.case_id = $1`,
    [tx.case.id],
  );
  if (!row) throw new DomainError('notFound');
  return row as unknown as ReviewRow;
}

/** Whom the review of an account concerns: its holding units' seats and its managers. */
export const concernedBy = (holdings: AccountRow['holdings']): Subject => ({
  kind: 'client',
  unitIds: [...new Set(holdings.map(({ unitId }) => unitId))],
  personIds: [...new Set(holdings.flatMap(({ managerId }) => managerId ?? []))],
});

/**
 * Begins a review that waits: its case is opened in the name of who answers for the campaign. One that was begun, or excluded, meanwhile is
 * left as it is, and nothing is begun in a pause; one whose account was terminated meanwhile is settled as such.
 */
export async function beginReview(
  deps: CaseDeps,
  { reviewId, responsibleId, now }: { readonly reviewId: string; readonly responsibleId: string; readonly now: number },
): Promise<void> {
  try {
    await newCase(deps, review, responsibleId, async (tx) => {
      const [row] = await tx.sql(
        `UPDATE reviews SET state = 'open', case_id = $2 WHERE id = $1 AND state = 'waiting' RETURNING account_id AS "accountId", year`,
        [reviewId, tx.case.id],
      );
      if (!row) throw new NotNow();
      await takeFromCampaign(tx, Number(row.year), localDay(now));
      const account = await aboutAccount(tx, String(row.accountId));
      const [lead] = account.holdings;
      if (lead) tx.moveTo(lead.unitId);
      const [client] = await tx.sql('SELECT name FROM clients WHERE id = $1', [account.clientId]);
      tx.rename(String(client?.name));
      const codes = { state: review.lifecycle.initial, year: Number(row.year) };
      tx.fact({ kind: 'submitted', action: 'begin', actorId: responsibleId, codes });
      tx.ring();
    });
  } catch (error) {
    if (error instanceof NotNow) return;
    if (!(error instanceof DomainError) || error.code !== 'accountTerminated') throw error;
    await settleTerminated(deps, reviewId);
  }
}

/** It was begun or excluded already, or the campaign has been paused. */
class NotNow extends Error {}

/** The day by which its manager reports. A pause waits until this has committed, and then moves the deadlines; or nothing is begun in it. */
async function takeFromCampaign(tx: CaseTransaction, year: number, begunOn: string): Promise<void> {
  const [campaign] = await tx.sql('SELECT state, due_on::text AS "dueOn" FROM campaigns WHERE year = $1 FOR SHARE', [
    year,
  ]);
  if (campaign?.state !== 'running') throw new NotNow();
  await tx.sql(`UPDATE reviews SET due_on = $2, moved_by = ${lastPause('reviews.year')} WHERE case_id = $1`, [
    tx.case.id,
    reportDueOn(String(campaign.dueOn), begunOn),
  ]);
}

async function settleTerminated(deps: CaseDeps, reviewId: string): Promise<void> {
  await deps.pool.query(
    `WITH settled AS (UPDATE reviews SET state = 'finished', finished_at = now() WHERE id = $1 AND state = 'waiting' RETURNING year)
     UPDATE campaigns c SET remaining = remaining - 1 FROM settled s WHERE c.year = s.year`,
    [reviewId],
  );
}

/**
 * What the committee decided takes effect, once, in the transaction that settles the review: the account is intensified, goes on as it was, or
 * cooperation ends (Article 10.3). `option` is null where the case ended without a decision. Whoever settles the last rings the campaign.
 */
export async function settleReview(
  tx: CaseTransaction,
  option: ReviewOption | null,
  decided: boolean | null,
): Promise<void> {
  const [row] = await tx.sql(
    `UPDATE reviews SET state = 'finished', outcome = $2, decided = $3, finished_at = $4, grade_after = (SELECT grade FROM accounts a WHERE a.id = account_id)
     WHERE case_id = $1 AND state = 'open' RETURNING account_id AS "accountId", year`,
    [tx.case.id, option, decided, tx.now],
  );
  if (!row) return;
  const accountId = String(row.accountId);
  const { state } = await accountRow(tx.client, accountId);
  if (option === 'terminate' && state !== 'terminated') await terminate(tx, accountId);
  // One without a manager stays vacant, and is intensified once it has one (see `isIntensified`).
  if (option === 'intensify')
    await tx.sql(`UPDATE accounts SET state = 'intensified' WHERE id = $1 AND state = 'active'`, [accountId]);
  const [campaign] = await tx.sql(
    'UPDATE campaigns SET remaining = remaining - 1 WHERE year = $1 RETURNING remaining',
    [row.year],
  );
  if (campaign?.remaining === 0) await ringCampaign(tx.client, Number(row.year));
}
