import { beforeAll, describe, expect, test } from 'vitest';
import { openCampaign } from '../../cases/campaigns.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { startApi } from '../support/api.ts';
import { branchLevel, startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany();
const api = await startApi(company);
const { deps } = company;
const { prisma, pool } = deps;
// A year of its own: the execution of a campaign is named by its year alone, and the server is shared.
const opened = Date.UTC(2042, 11, 2);
const year = assessmentYear(opened);
const report = { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 };

const ask = (body: object, as = 'office-clerk-1') => api.post('/policies/preview', { as, body });
const under = async (change: object, as?: string) => {
  const { status, body } = await ask({ values: { ...defaultPolicy, ...change } }, as);
  expect(status).toBe(200);
  return body;
};
const countOf = (body: { examined: readonly { kind: string }[] }, kind: string) =>
  body.examined.find((each) => each.kind === kind);

let caseId: string;
let accountId: string;

/** A ratified recommendation, and a key account whose year was scored. */
beforeAll(async () => {
  caseId = await company.submitted(branchLevel);
  await company.carryTo(caseId, 'nominating');
  accountId = await heldAccount(deps);
  await pool.query(
    `INSERT INTO contract_totals (account_id, kind, source, amount_fen) VALUES ($1, 'expected', 'projects', 12000000000)`,
    [accountId],
  );
  // Before the first campaign there is nothing of a year.
  expect(await under({})).toMatchObject({ year: null, differing: [] });
  await openCampaign(deps, { personId: 'office-clerk-1' }, opened);
  const review = await company.until('the review', async () => {
    const row = await prisma.review.findFirst({ where: { year, accountId, replaced: false } });
    return row?.caseId ?? null;
  });
  await company.answer(review, 'central-manager', 'reportYear', 'report', report);
  await company.answer(review, 'central-head', 'endorseReport', 'endorse');
  await company.task(review, 'assess');
}, 120_000);

describe('what would change', () => {
  test('is nothing under the values in force, and everything was gone through', async () => {
    const body = await under({});
    expect(body).toMatchObject({ differing: [], year });
    expect(countOf(body, 'ballot')).toEqual({ kind: 'ballot', total: 1, examined: 1, differing: 0 });
    expect(countOf(body, 'review')).toEqual({ kind: 'review', total: 1, examined: 1, differing: 0 });
    expect(countOf(body, 'recommendation')).toMatchObject({ examined: 1, differing: 0 });
    expect(countOf(body, 'account')).toMatchObject({ examined: 1, differing: 0 });
    expect(countOf(body, 'deadline')).toMatchObject({ differing: 0 });
    expect(body.notReplayed).toContain('deadlines');
    expect((await under({ tieBreak: 'fail', approvingBranchDays: 9 })).differing).toEqual([]);
  });

  test('is a ballot that would have gone on, with both counts and nobody’s vote', async () => {
    const before = await prisma.ballot.findFirstOrThrow({ where: { caseId, step: 'approving' } });
    const body = await under({ ratifyQuorum: [1, 1] });
    expect(body.differing).toMatchObject([
      {
        kind: 'ballot',
        case: { id: caseId },
        closes: 'later',
        before: { outcome: 'passed' },
        after: { outcome: null },
        beforeProof: { rule: { matter: 'ratify', quorumOfBody: [1, 2] } },
        afterProof: { rule: { quorumOfBody: [1, 1] } },
      },
    ]);
    const [{ beforeProof, afterProof }] = body.differing;
    expect(afterProof.tally.quorum).toBeGreaterThan(beforeProof.tally.quorum);
    for (const { personId } of before.roll as { personId: string }[])
      expect(JSON.stringify(body)).not.toContain(`"${personId}"`);
    expect(await prisma.ballot.findUniqueOrThrow({ where: { id: before.id } })).toEqual(before);
  });

  test('is the grade a sum gives under other lines, of recommendations and of accounts', async () => {
    const body = await under({ branchLineFen: '16000000000' });
    expect(body.differing).toMatchObject([
      {
        kind: 'account',
        account: { id: accountId },
        grade: 'branch',
        before: { outcome: 'branch' },
        after: { outcome: 'below' },
        afterProof: { figureYuan: '120000000.00', branchLineYuan: '160000000.00' },
      },
      { kind: 'recommendation', case: { id: caseId }, before: { outcome: 'branch' }, after: { outcome: 'below' } },
    ]);
  });

  test('is a recommendation’s ballot put as another act, by the lines its sum would meet', async () => {
    const { differing } = await under({ companyLineFen: '10000000000', approveQuorum: [1, 1] });
    expect(differing.find(({ kind }: { kind: string }) => kind === 'ballot')).toMatchObject({
      case: { id: caseId },
      step: 'approving',
      closes: 'later',
      before: { outcome: 'passed' },
      after: { outcome: null },
      beforeProof: { rule: { matter: 'ratify' } },
      afterProof: { rule: { matter: 'approve', quorumOfBody: [1, 1] } },
    });
  });

  test('is what would have been overdue, or over before some voted, and no more than that', async () => {
    const times = `opened_at = '2026-03-02T09:00+08', closed_at = '2026-03-05T10:00+08', due_at = $2 WHERE case_id = $1`;
    await pool.query(`UPDATE tasks SET ${times} AND kind = 'screen'`, [caseId, '2026-03-06T00:00+08']);
    await pool.query(`UPDATE ballots SET ${times} AND step = 'approving'`, [caseId, '2026-03-10T00:00+08']);
    expect((await under({ screeningDays: 4 })).differing).toEqual([]);
    const body = await under({ screeningDays: 2, approvingBranchDays: 2 });
    expect(countOf(body, 'deadline')).toMatchObject({ differing: 2 });
    expect(body.differing).toHaveLength(2);
    expect(body.differing.find(({ task }: { task: string | null }) => task !== null)).toMatchObject({
      kind: 'deadline',
      case: { id: caseId },
      step: 'screening',
      task: 'screen',
      before: { outcome: 'inTime' },
      after: { outcome: 'overdue' },
      beforeProof: { days: 3, late: null },
      afterProof: { days: 2, dueAt: '2026-03-04T16:00:00.000Z', closedAt: '2026-03-05T02:00:00.000Z' },
    });
    const ballot = body.differing.find(({ task }: { task: string | null }) => task === null);
    expect(ballot).toMatchObject({ step: 'approving', before: { outcome: 'inTime' }, after: { outcome: 'struck' } });
    expect(ballot.afterProof.late).toBeGreaterThan(0);
  });

  test('is what a score suggests, part by part, to who reads the file of the account', async () => {
    const change = { terminateBelow: 99, intensifyFrom: 100 };
    const { differing } = await under(change);
    const elsewhere = await under(change, 'south-deputy');
    expect([countOf(elsewhere, 'review'), elsewhere.differing]).toMatchObject([{ differing: 1 }, []]);
    expect((await under(change, 'central-deputy')).differing).toHaveLength(1);
    expect(differing).toMatchObject([
      {
        kind: 'review',
        account: { id: accountId },
        after: { outcome: 'terminate' },
        afterProof: { terminateBelow: 99 },
      },
    ]);
    expect(differing[0].beforeProof.parts).toHaveLength(7);
    // One that was left out, with another in its place, is not counted twice.
    const all = { year, accountId };
    await prisma.review.updateMany({ where: all, data: { state: 'excluded', replaced: true } });
    expect(countOf(await under(change), 'review')).toMatchObject({ total: 0, differing: 0 });
    await prisma.review.updateMany({ where: all, data: { state: 'open', replaced: false } });
  });

  test('of a version that was set is told before it takes effect, to the committee and the office alone', async () => {
    const effectiveFrom = new Date(Date.now() + 86_400_000).toISOString();
    const values = { ...defaultPolicy, ratifyQuorum: [1, 1] };
    const { body } = await api.post('/policies', { as: 'office-head', body: { effectiveFrom, note: '纪要', values } });
    for (const as of ['office-head', 'director', 'vice-director-1'])
      expect((await ask({ version: body.version }, as)).body.differing, as).toHaveLength(1);
    for (const as of ['central-submitter', 'central-manager', 'finance-head', 'system-admin', 'auditor'])
      expect((await ask({ version: body.version }, as)).body.code, as).toBe('forbidden');
    expect((await ask({ version: 77_777 })).body.code).toBe('notFound');
    // It opens sealed scores, so it is a reading, once within the hour.
    const readings = await prisma.auditEntry.findMany({ where: { act: 'foresight.read' }, orderBy: { at: 'asc' } });
    expect(readings.map(({ actorId, codes }) => [actorId, codes])).toEqual([
      // Before the first campaign, then with its scores.
      ['office-clerk-1', { year: null, purpose: 'office' }],
      ['office-clerk-1', { year, purpose: 'office' }],
      ['south-deputy', { year, purpose: 'committee' }],
      ['central-deputy', { year, purpose: 'committee' }],
      ['office-head', { year, purpose: 'office' }],
      ['director', { year, purpose: 'committee' }],
      ['vice-director-1', { year, purpose: 'committee' }],
    ]);
    expect((await ask({ values: { ...defaultPolicy, approveQuorum: [3, 2] } })).body.code).toBe('invalid');
  });
});
