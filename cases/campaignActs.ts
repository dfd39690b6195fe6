import type { PoolClient } from 'pg';
import { addDays, localDay } from '../domain/calendar.ts';
import { dayPastPause, pausedWorkDays } from '../domain/campaign.ts';
import { DomainError } from '../domain/errors.ts';
import { newId } from '../platform/id.ts';
import { lockAccount } from './accounts.ts';
import { actorNow, hasRole, roleKey } from './actor.ts';
import { currentCalendar } from './calendars.ts';
import { ringCampaign } from './campaignBell.ts';
import { recordAct } from './campaignRecord.ts';
import type { CaseDeps } from './deps.ts';
import { endFromOutside } from './ending.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { type CaseTransaction, inCase, inTransaction } from './transaction.ts';

/** What the office does about a campaign, with its reason. */
export type CampaignRequest = { readonly byId: string; readonly year: number; readonly reason: string };

/** The longest pause, in calendar days. */
const MOST_DAYS = 366;

/**
 * 暂停至: nothing more is begun before the day, and the deadlines of what is open move on by the days between; that the campaign's own
 * execution does, case by case (系统默认). @throws DomainError `forbidden`, `notFound`, `campaignClosed`, `campaignPaused`, `invalid` for the day
 */
export async function pauseCampaign(
  deps: CaseDeps,
  { byId, year, reason, until }: CampaignRequest & { readonly until: string },
  keep?: Keep<void>,
): Promise<void> {
  await officeActs(deps, { byId, year }, async (client, campaign) => {
    if (campaign.state === 'paused')
      throw new DomainError('campaignPaused', { year, until: String(campaign.pausedUntil) });
    const fromOn = localDay(Date.now());
    if (until <= fromOn) throw new DomainError('invalid', { field: 'until', reason: 'afterToday' }, 'until');
    if (until > addDays(fromOn, MOST_DAYS))
      throw new DomainError('invalid', { field: 'until', reason: 'withinAYear' }, 'until');
    const workDays = pausedWorkDays(await currentCalendar(client), fromOn, until);
    await client.query(`UPDATE campaigns SET state = 'paused', paused_until = $2, due_on = $3 WHERE year = $1`, [
      year,
      until,
      dayPastPause(campaign.dueOn, { fromOn, untilOn: until }),
    ]);
    await recordAct(deps, client, { act: 'paused', byId, year, reason, fromOn, untilOn: until, workDays });
    await keep?.(client);
  });
}

/** It goes on before its day. What was moved stays moved: nobody loses time he was promised. @throws DomainError `forbidden`, `notFound`, `campaignNotPaused` */
export async function resumeCampaign(
  deps: CaseDeps,
  { byId, year, reason }: CampaignRequest,
  keep?: Keep<void>,
): Promise<void> {
  await officeActs(deps, { byId, year }, async (client, campaign) => {
    if (campaign.state !== 'paused') throw new DomainError('campaignNotPaused', { year });
    await resume(deps, client, { year, byId, reason });
    await keep?.(client);
  });
}

/** It goes on, by the office or because its day has come (`byId` null). The caller holds the campaign's row. */
export async function resume(
  deps: CaseDeps,
  client: PoolClient,
  { year, byId, reason }: { readonly year: number; readonly byId: string | null; readonly reason: string | null },
): Promise<void> {
  await client.query(`UPDATE campaigns SET state = 'running', paused_until = NULL WHERE year = $1`, [year]);
  await recordAct(deps, client, { act: 'resumed', byId, year, reason });
}

/**
 * An account that came late, had been forgotten, or was left out, is reviewed too while anything is left to be settled. What it was left out
 * with stays on record, its case withdrawn.
 * @throws DomainError `forbidden`, `notFound`, `campaignClosed`, `accountTerminated`, `inCampaign`
 */
export async function addToCampaign(
  deps: CaseDeps,
  { byId, year, reason, accountId }: CampaignRequest & { readonly accountId: string },
  keep?: Keep<void>,
): Promise<void> {
  await officeActs(deps, { byId, year }, async (client) => {
    const account = await lockAccount(client, accountId);
    if (account.state === 'terminated') throw new DomainError('accountTerminated');
    await client.query(
      `UPDATE reviews SET replaced = true WHERE year = $1 AND account_id = $2 AND state = 'excluded' AND NOT replaced`,
      [year, accountId],
    );
    const added = await client.query(
      `INSERT INTO reviews (id, year, account_id, state, grade_before, added_by) VALUES ($1, $2, $3, 'waiting', $4, $5)
       ON CONFLICT (year, account_id) WHERE NOT replaced DO NOTHING`,
      [newId(), year, accountId, account.grade, byId],
    );
    if (added.rowCount === 0) throw new DomainError('inCampaign', { year });
    await client.query('UPDATE campaigns SET remaining = remaining + 1 WHERE year = $1', [year]);
    await recordAct(deps, client, { act: 'added', byId, year, reason, accountId });
    await keep?.(client);
  });
}

/**
 * An account takes no part in this year's review. Where its case is open it ends as withdrawn in the same act, and the counter falls once.
 * @throws DomainError `forbidden`, `notFound`, `reviewSettled`
 */
export async function excludeFromCampaign(
  deps: CaseDeps,
  request: CampaignRequest & { readonly accountId: string },
  keep?: Keep<void>,
): Promise<void> {
  const caseId = await excludeWaiting(deps, request, keep);
  if (caseId !== null) await excludeOpen(deps, request, caseId, keep);
}

/** @returns the case of a review that was begun, which is then ended under that case's lock */
async function excludeWaiting(
  deps: CaseDeps,
  { byId, year, reason, accountId }: CampaignRequest & { readonly accountId: string },
  keep?: Keep<void>,
): Promise<string | null> {
  return inTransaction(deps, async (client) => {
    if (!hasRole(await actorNow(client, byId), 'office')) throw new DomainError('forbidden', { needed: 'office' });
    const { rows } = await client.query<{ state: string; caseId: string | null }>(
      'SELECT state, case_id AS "caseId" FROM reviews WHERE year = $1 AND account_id = $2 AND NOT replaced FOR UPDATE',
      [year, accountId],
    );
    const [row] = rows;
    if (!row) throw new DomainError('notFound');
    if (row.state === 'open') return { result: row.caseId, doorbell: null };
    if (row.state !== 'waiting') throw new DomainError('reviewSettled');
    await client.query(
      `UPDATE reviews SET state = 'excluded', excluded_by = $3 WHERE year = $1 AND account_id = $2 AND NOT replaced`,
      [year, accountId, byId],
    );
    await lowerCounter(client, year);
    await recordAct(deps, client, { act: 'excluded', byId, year, reason, accountId });
    await keep?.(client);
    return { result: null, doorbell: null, change: TOLD };
  });
}

async function excludeOpen(
  deps: CaseDeps,
  { byId, year, reason, accountId }: CampaignRequest & { readonly accountId: string },
  caseId: string,
  keep?: Keep<void>,
): Promise<void> {
  await inCase(deps, { caseId, personId: byId }, async (tx) => {
    if (!hasRole(activeActor(tx), 'office')) throw new DomainError('forbidden', { needed: 'office' });
    // What the committee has decided is not taken back by leaving the account out.
    if (tx.case.ending !== null || isDecided(tx)) throw new DomainError('reviewSettled');
    const excluded = await tx.sql(
      `UPDATE reviews SET state = 'excluded', excluded_by = $2, finished_at = $3 WHERE case_id = $1 AND state = 'open' RETURNING 1`,
      [caseId, byId, tx.now],
    );
    if (excluded.length === 0) throw new DomainError('reviewSettled');
    tx.fact({ kind: 'withdrawn', actorId: byId, codes: { year }, secret: { reason } });
    endFromOutside(tx, 'withdrawn');
    await lowerCounter(tx.client, year);
    await recordAct(deps, tx.client, { act: 'excluded', byId, year, reason, accountId });
    await keep?.(tx.client);
  });
}

const isDecided = (tx: CaseTransaction): boolean =>
  tx.ballots.all.some(
    ({ step, status, outcome }) => step === 'deciding' && status === 'closed' && outcome !== 'secondBallot',
  );

/** Whoever settles the last rings the campaign. */
async function lowerCounter(client: PoolClient, year: number): Promise<void> {
  const { rows } = await client.query<{ remaining: number }>(
    'UPDATE campaigns SET remaining = remaining - 1 WHERE year = $1 RETURNING remaining',
    [year],
  );
  if (rows[0]?.remaining === 0) await ringCampaign(client, year);
}

const TOLD = { cases: [], keys: [roleKey('office')] };

type OpenCampaign = { readonly state: string; readonly dueOn: string; readonly pausedUntil: string | null };

/** An act of the office on a campaign that goes on, under its row; its execution is rung. */
async function officeActs(
  deps: CaseDeps,
  { byId, year }: Pick<CampaignRequest, 'byId' | 'year'>,
  act: (client: PoolClient, campaign: OpenCampaign) => Promise<void>,
): Promise<void> {
  await inTransaction(deps, async (client) => {
    if (!hasRole(await actorNow(client, byId), 'office')) throw new DomainError('forbidden', { needed: 'office' });
    const { rows } = await client.query<OpenCampaign & { remaining: number }>(
      `SELECT state, remaining, due_on::text AS "dueOn", paused_until::text AS "pausedUntil" FROM campaigns WHERE year = $1 FOR UPDATE`,
      [year],
    );
    const [campaign] = rows;
    if (!campaign) throw new DomainError('notFound');
    if (campaign.state === 'closed' || campaign.remaining === 0) throw new DomainError('campaignClosed', { year });
    await act(client, campaign);
    await ringCampaign(client, year);
    return { result: undefined, doorbell: null, change: TOLD };
  });
}
