import type { PoolClient } from 'pg';
import { addDays, endOfDay } from '../domain/calendar.ts';
import { isOver, PAGE_MS, REVIEWS_A_PAGE } from '../domain/campaign.ts';
import { DomainError } from '../domain/errors.ts';
import type { Look } from './accountClock.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { responsibleForCalendar } from './responsible.ts';
import { beginReview } from './reviews.ts';
import { inTransaction } from './transaction.ts';

type CampaignRow = {
  readonly state: string;
  readonly remaining: number;
  readonly waiting: number;
  readonly responsibleId: string;
  /** Whether who is to answer for it is still with the company. */
  readonly answers: boolean;
  readonly pausedUntil: string | null;
};

/**
 * One look at a campaign, by the workflow's time: the next page of reviews is begun, each in its own transaction and once; a campaign whose
 * reviews are all settled is closed. @throws DomainError `notFound`
 */
export async function lookAtCampaign(
  deps: CaseDeps,
  { year, now }: { readonly year: number; readonly now: number },
): Promise<Look> {
  const { campaign, page, heard } = await whatIsNext(deps, year);
  const startsAt = campaign.pausedUntil === null ? now : endOfDay(addDays(campaign.pausedUntil, -1));
  const paused = campaign.state === 'paused' && startsAt > now;
  const responsibleId = campaign.answers ? campaign.responsibleId : await responsibleForCalendar(deps.pool);
  if (!paused) for (const reviewId of page) await beginReview(deps, { reviewId, responsibleId, now });
  return inTransaction(deps, async (client) => {
    const after = await campaignRow(client, year, 'FOR UPDATE');
    const over = after.state === 'closed' || isOver(after);
    if (over && after.state !== 'closed') {
      await client.query(`UPDATE campaigns SET state = 'closed', closed_at = $2 WHERE year = $1`, [
        year,
        new Date(now),
      ]);
      await appendAudit(client, { act: 'campaign.closed', actorId: null, codes: { year } });
    }
    const nextAt = over || after.waiting === 0 ? null : paused ? startsAt : now + PAGE_MS;
    await client.query('UPDATE campaigns SET clock_at = $2 WHERE year = $1', [
      year,
      nextAt === null ? null : new Date(nextAt),
    ]);
    await client.query('DELETE FROM outbox WHERE id = ANY ($1)', [heard]);
    return { result: { nextAt, over }, doorbell: null, change: { cases: [], keys: [] } };
  });
}

async function whatIsNext(deps: CaseDeps, year: number) {
  const client = await deps.pool.connect();
  try {
    const heard = await client.query<{ id: string }>('SELECT id FROM outbox WHERE case_id = $1 AND ends_run IS NULL', [
      String(year),
    ]);
    const campaign = await campaignRow(client, year);
    const page = await client.query<{ id: string }>(
      `SELECT id FROM reviews WHERE year = $1 AND state = 'waiting' ORDER BY account_id LIMIT ${REVIEWS_A_PAGE}`,
      [year],
    );
    return { campaign, page: page.rows.map(({ id }) => id), heard: heard.rows.map(({ id }) => id) };
  } finally {
    client.release();
  }
}

async function campaignRow(client: Pick<PoolClient, 'query'>, year: number, lock = ''): Promise<CampaignRow> {
  const { rows } = await client.query<CampaignRow>(
    `SELECT state, remaining, responsible_id AS "responsibleId", (SELECT p.active FROM persons p WHERE p.id = responsible_id) AS answers, paused_until::text AS "pausedUntil",
       (SELECT count(*)::int FROM reviews r WHERE r.year = c.year AND r.state = 'waiting') AS waiting
     FROM campaigns c WHERE year = $1 ${lock}`,
    [year],
  );
  const [row] = rows;
  if (!row) throw new DomainError('notFound');
  return row;
}
