import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openCampaign } from '../../cases/campaigns.ts';
import { ANNUAL_REVIEW } from '../../workflows/contracts/annualReview.ts';
import { caseWorkflowId } from '../../workflows/contracts/case.ts';
import { answerersOf } from '../chaos/company.ts';
import { takeOverAccounts } from '../system/keyAccounts.ts';
import type { openBallots } from './ballots.ts';
import { send, taken } from './http.ts';
import { type Taken, underLoad } from './load.ts';
import { processorMs, residentMb } from './machine.ts';
import type { BenchSystem } from './system.ts';

const OFFICE = 'office-clerk-1';
const WAIT_S = 60;
const STUCK_AFTER_MS = 600_000;
const SAMPLE = 20;
const YEAR_MS = 365 * 86_400_000;
const REPORT = { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 };
const ASSESSMENT = { option: 'maintain', reason: '依据评分' };

type Parts = BenchSystem['pids'];

/** What a campaign took, by account where it says so. */
export type CampaignFigures = {
  readonly accounts: number;
  /** From its opening until it is closed, and until every review was begun, in milliseconds. */
  readonly wallMs: number;
  readonly begunMs: number;
  /** Deciding an account, from its report to the last vote's effect, each in milliseconds. */
  readonly decided: Taken;
  /** By account: of each part, in milliseconds; of its review's history, with its share of the campaign's; of PostgreSQL's files. */
  readonly processorMs: Parts;
  readonly events: number;
  readonly databaseBytes: number;
  /** Kilobytes by which the worker grew while all reviews were begun and none decided, by account. */
  readonly workerKb: number;
};

/** Runs campaigns as real people do, everything over HTTP: each over all accounts there are, in an assessment year of its own. */
export function campaignsOn(system: BenchSystem, { deps, client }: Awaited<ReturnType<typeof openBallots>>) {
  const { pool } = deps;
  let campaigns = 0;

  async function until<Found>(what: string, everyMs: number, look: () => Promise<Found | null>): Promise<Found> {
    const end = Date.now() + STUCK_AFTER_MS;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (Date.now() > end) throw new Error(`${what} did not come`);
      await pause(everyMs);
    }
  }

  async function answer(taskId: string, personId: string, action: string, body: object, wait: boolean): Promise<void> {
    await taken(
      send('POST', `${system.apiUrl}/api/v1/tasks/${taskId}/decisions`, {
        headers: {
          Authorization: `Bearer ${system.tokens[personId]?.token}`,
          'Idempotency-Key': randomUUID(),
          ...(wait ? { Prefer: `wait=${WAIT_S}` } : {}),
        },
        body: { action, body },
      }),
    );
  }

  async function openTasks(caseId: string, kind: string): Promise<{ id: string; personId: string }[]> {
    const { rows } = await pool.query<{ id: string; candidates: string[] }>(
      `SELECT id, candidates FROM tasks WHERE case_id = $1 AND kind = $2 AND status = 'open'`,
      [caseId, kind],
    );
    return rows.map(({ id, candidates }) => ({ id, personId: answerersOf(candidates)[0] ?? '' }));
  }

  /** Whoever is asked answers, once he is; resolves once the process has moved on, or has not within the wait. */
  async function decide(caseId: string, kind: string, action: string, body: object): Promise<void> {
    const task = await until(
      `the task ${kind} of ${caseId}`,
      25,
      async () => (await openTasks(caseId, kind))[0] ?? null,
    );
    await answer(task.id, task.personId, action, body, true);
  }

  /** One account, from its manager's report to what the committee's last vote brings about. */
  async function carried(caseId: string): Promise<void> {
    await decide(caseId, 'reportYear', 'report', REPORT);
    await decide(caseId, 'endorseReport', 'endorse', {});
    await decide(caseId, 'assess', 'assess', ASSESSMENT);
    await until(`the ballot of ${caseId}`, 25, async () => (await openTasks(caseId, 'vote'))[0] ?? null);
    // The vote that settles the ballot closes it, and whoever has not voted then is not asked any more.
    for (let [next] = await openTasks(caseId, 'vote'); next; [next] = await openTasks(caseId, 'vote'))
      await answer(next.id, next.personId, 'vote', { choice: 'maintain' }, false);
    await until('what was decided', 25, async () => {
      const { rows } = await pool.query('SELECT 1 FROM cases WHERE id = $1 AND closed_at IS NOT NULL', [caseId]);
      return rows.length > 0 ? true : null;
    });
  }

  async function stored(): Promise<number> {
    await pool.query('CHECKPOINT');
    const { rows } = await pool.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
    return Number(rows[0]?.bytes);
  }

  const historyOf = async (workflowId: string): Promise<number> =>
    (await client.workflow.getHandle(workflowId).describe()).historyLength;

  return {
    /** Brings so many accounts more. */
    moreAccounts: (count: number) => takeOverAccounts({ url: system.apiUrl, tokens: system.tokens }, pool, count),
    /** Opens the next campaign, has every review begun, then carries all to their end, so many in flight. */
    async campaign(inFlight: number): Promise<CampaignFigures> {
      const before = {
        bytes: await stored(),
        processor: await processorMs(system.pids),
        workerMb: await residentMb(system.pids.worker),
      };
      const opens = performance.now();
      const { year } = await openCampaign(deps, { personId: OFFICE }, Date.now() + campaigns++ * YEAR_MS);
      const reviews = await until('the last review', 500, async () => {
        const { rows } = await pool.query<{ caseId: string; begun: boolean }>(
          `SELECT case_id AS "caseId", EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = r.case_id) AS begun
           FROM reviews r WHERE year = $1 ORDER BY account_id`,
          [year],
        );
        return rows.every(({ begun }) => begun) ? rows.map(({ caseId }) => caseId) : null;
      });
      const begunMs = performance.now() - opens;
      const workerMb = await residentMb(system.pids.worker);
      const decided = await underLoad(reviews, inFlight, carried);
      await until('the end of the campaign', 25, async () => {
        const { rows } = await pool.query(`SELECT 1 FROM campaigns WHERE year = $1 AND state = 'closed'`, [year]);
        return rows.length > 0 ? true : null;
      });
      const wallMs = performance.now() - opens;
      const count = reviews.length;
      const lengths = await Promise.all(
        reviews.slice(0, SAMPLE).map((caseId) => historyOf(caseWorkflowId('review', caseId))),
      );
      const ofReview = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
      return {
        accounts: count,
        wallMs,
        begunMs,
        decided,
        processorMs: eachOver(before.processor, await processorMs(system.pids), count),
        events: ofReview + (await historyOf(caseWorkflowId(ANNUAL_REVIEW, String(year)))) / count,
        databaseBytes: ((await stored()) - before.bytes) / count,
        workerKb: ((workerMb - before.workerMb) * 1024) / count,
      };
    },
  };
}

const eachOver = (before: Parts, after: Parts, count: number): Parts => {
  const over = (part: keyof Parts): number => (after[part] - before[part]) / count;
  return { api: over('api'), worker: over('worker'), postgres: over('postgres'), temporal: over('temporal') };
};
