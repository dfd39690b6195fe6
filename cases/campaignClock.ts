import type { PoolClient } from 'pg';
import { isOver, PAGE_MS, REVIEWS_A_PAGE } from '../domain/campaign.ts';
import { DomainError } from '../domain/errors.ts';
import type { Look } from './accountClock.ts';
import { appendAudit } from './audit.ts';
import { resume } from './campaignActs.ts';
import { goesOnAt, movePastPauses, notMoved } from './campaignPause.ts';
import type { CaseDeps } from './deps.ts';
import { responsibleForCalendar } from './responsible.ts';
import { beginReview } from './reviews.ts';
import { inTransaction } from './transaction.ts';

type CampaignRow = {
  readonly state: string;
  readonly remaining: number;
  readonly waiting: number;
  readonly responsibleId: string;
  readonly pausedUntil: string | null;
};

/**
 * One look at a campaign, by the workflow's time: the deadlines of open reviews move past a pause, and while it runs the next page of reviews
 * is begun; each in its own transaction and once. A campaign whose reviews are all settled is closed. @throws DomainError `notFound`
 */
export async function lookAtCampaign(
  deps: CaseDeps,
  { year, now }: { readonly year: number; readonly now: number },
): Promise<Look> {
  const heard = await doorbells(deps, year);
  const { state, responsibleId } = await asItRuns(deps, year, now);
  for (const caseId of await notMoved(deps.pool, year, REVIEWS_A_PAGE)) await movePastPauses(deps, { caseId, now });
  if (state === 'running')
    for (const reviewId of await nextPage(deps, year)) await beginReview(deps, { reviewId, responsibleId, now });
  return inTransaction(deps, async (client) => {
    const after = await campaignRow(client, year, 'FOR UPDATE');
    const over = after.state === 'closed' || isOver(after);
    if (over && after.state !== 'closed') {
      await client.query(`UPDATE campaigns SET state = 'closed', paused_until = NULL, closed_at = $2 WHERE year = $1`, [
        year,
        new Date(now),
      ]);
      await appendAudit(client, { act: 'campaign.closed', actorId: null, codes: { year } });
    }
    const nextAt = over ? null : nextLook(after, (await notMoved(client, year, 1)).length > 0, now);
    await client.query('UPDATE campaigns SET clock_at = $2 WHERE year = $1', [
      year,
      nextAt === null ? null : new Date(nextAt),
    ]);
    await client.query('DELETE FROM outbox WHERE id = ANY ($1)', [heard]);
    return { result: { nextAt, over }, doorbell: null, change: { cases: [], keys: [] } };
  });
}

/** The next page waits a moment; a campaign that is paused waits for its day, one that has begun everything for nothing. */
function nextLook({ state, pausedUntil, waiting }: CampaignRow, isMoving: boolean, now: number): number | null {
  if (isMoving) return now + PAGE_MS;
  if (state === 'paused' && pausedUntil !== null) return goesOnAt(pausedUntil);
  return waiting > 0 ? now + PAGE_MS : null;
}

/** A campaign whose day has come goes on by itself. @returns whether it runs, and who answers for it */
async function asItRuns(deps: CaseDeps, year: number, now: number) {
  return inTransaction(deps, async (client) => {
    const campaign = await campaignRow(client, year, 'FOR UPDATE');
    const { state, pausedUntil } = campaign;
    const goesOn = state === 'paused' && (pausedUntil === null || goesOnAt(pausedUntil) <= now);
    if (goesOn) await resume(deps, client, { year, byId: null, reason: null });
    const responsibleId = await responsibleNow(client, year, campaign.responsibleId);
    return { result: { state: goesOn ? 'running' : state, responsibleId }, doorbell: null };
  });
}

/** Who answers for it; in place of one who left the company, whoever answers for what the calendar begins (系统默认). */
async function responsibleNow(client: PoolClient, year: number, personId: string): Promise<string> {
  const { rowCount } = await client.query('SELECT 1 FROM persons WHERE id = $1 AND active', [personId]);
  if (rowCount !== 0) return personId;
  const next = await responsibleForCalendar(client);
  await client.query('UPDATE campaigns SET responsible_id = $2 WHERE year = $1', [year, next]);
  await appendAudit(client, { act: 'campaign.handedOver', actorId: null, codes: { year, from: personId, to: next } });
  return next;
}

async function doorbells(deps: CaseDeps, year: number): Promise<string[]> {
  const { rows } = await deps.pool.query<{ id: string }>(
    'SELECT id FROM outbox WHERE case_id = $1 AND ends_run IS NULL',
    [String(year)],
  );
  return rows.map(({ id }) => id);
}

async function nextPage(deps: CaseDeps, year: number): Promise<string[]> {
  const { rows } = await deps.pool.query<{ id: string }>(
    `SELECT id FROM reviews WHERE year = $1 AND state = 'waiting' ORDER BY account_id LIMIT ${REVIEWS_A_PAGE}`,
    [year],
  );
  return rows.map(({ id }) => id);
}

async function campaignRow(client: Pick<PoolClient, 'query'>, year: number, lock = ''): Promise<CampaignRow> {
  const { rows } = await client.query<CampaignRow>(
    `SELECT state, remaining, responsible_id AS "responsibleId", paused_until::text AS "pausedUntil",
       (SELECT count(*)::int FROM reviews r WHERE r.year = c.year AND r.state = 'waiting') AS waiting
     FROM campaigns c WHERE year = $1 ${lock}`,
    [year],
  );
  const [row] = rows;
  if (!row) throw new DomainError('notFound');
  return row;
}
