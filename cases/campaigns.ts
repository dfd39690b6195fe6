import { localDay } from '../domain/calendar.ts';
import { assessmentYear, cutoffOn, reportsDueOn } from '../domain/campaign.ts';
import { DomainError } from '../domain/errors.ts';
import { ANNUAL_REVIEW } from '../workflows/contracts/annualReview.ts';
import { actorNow, hasRole } from './actor.ts';
import { appendAudit } from './audit.ts';
import { ringCampaign } from './campaignBell.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { currentPolicy } from './policies.ts';
import { responsibleForCalendar } from './responsible.ts';
import { inTransaction } from './transaction.ts';

/**
 * Opens the campaign of the assessment year, with every account that works with the company on that day (Article 10.3). There is one a year,
 * whoever opens it: the office, or the calendar, for which the office's head answers.
 * @returns the year, and whether it was opened now
 * @throws DomainError `forbidden`
 */
export async function openCampaign(
  deps: CaseDeps,
  by: { readonly personId: string } | 'calendar',
  now = Date.now(),
  keep?: Keep<{ year: number; opened: boolean }>,
): Promise<{ readonly year: number; readonly opened: boolean }> {
  const year = assessmentYear(now);
  return inTransaction(deps, async (client) => {
    if (by !== 'calendar' && !hasRole(await actorNow(client, by.personId), 'office'))
      throw new DomainError('forbidden', { needed: 'office' });
    const policy = await currentPolicy(client);
    const scheduled = by === 'calendar';
    const { rows } = await client.query(
      `INSERT INTO campaigns (year, state, policy_version, cutoff_on, due_on, responsible_id, scheduled, opened_at, remaining)
       SELECT $1, 'running', $2, $3, $4, $5, $6, $7, 0
       ON CONFLICT (year) DO NOTHING RETURNING year`,
      [
        year,
        policy.version,
        cutoffOn(year),
        reportsDueOn(year, localDay(now)),
        scheduled ? await responsibleForCalendar(client) : by.personId,
        scheduled,
        new Date(now),
      ],
    );
    const opened = rows.length > 0;
    if (opened) {
      await client.query(
        `WITH taken AS (INSERT INTO reviews (id, year, account_id, state, grade_before)
           SELECT gen_random_uuid()::text, $1, id, 'waiting', grade FROM accounts WHERE state <> 'terminated' RETURNING 1)
         UPDATE campaigns SET remaining = (SELECT count(*) FROM taken) WHERE year = $1`,
        [year],
      );
      await appendAudit(client, {
        act: 'campaign.opened',
        actorId: scheduled ? null : by.personId,
        codes: { year, scheduled },
      });
    }
    await ringCampaign(client, year);
    await keep?.(client, { year, opened });
    const doorbell = {
      caseId: String(year),
      process: ANNUAL_REVIEW,
      seq: 0,
      endsRun: null,
      requestId: null,
      traceParent: null,
    };
    return { result: { year, opened }, doorbell, change: { cases: [], keys: [] } };
  });
}
