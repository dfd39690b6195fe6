import { expect, onTestFinished, test } from 'vitest';
import { campaignProblems, loadCampaigns, openedCampaigns } from '../../cases/campaignAgreement.ts';
import { ringCampaign } from '../../cases/campaignBell.ts';
import { openCampaign } from '../../cases/campaigns.ts';
import { exitProblems } from '../../cases/exitAgreement.ts';
import { terminate } from '../../cases/termination.ts';
import { inCase } from '../../cases/transaction.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { ANNUAL_REVIEW_SCHEDULE, keepSchedules, PUBLICATION_SCHEDULE } from '../../worker/schedules.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany({ ownTemporal: true });
const api = await startApi(company);
const { deps, client } = company;
const { prisma } = deps;
const year = assessmentYear(Date.now());

const report = { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 };

const reviewOf = (accountId: string, of = year) =>
  company.until('the review', async () => {
    const row = await prisma.review.findUnique({ where: { year_accountId: { year: of, accountId } } });
    return row?.caseId ? { ...row, caseId: row.caseId } : null;
  });

const campaign = (of: number) => prisma.campaign.findUniqueOrThrow({ where: { year: of } });

/** The campaign of a year that is over, opened today: its managers have their days all the same. */
async function openedFor(of: number): Promise<void> {
  await openCampaign(deps, { personId: 'office-clerk-1' }, Date.UTC(of, 11, 2));
}

const acts = (of: number, what: string, body: object, as = 'office-clerk-1') =>
  api.post(`/campaigns/${of}/${what}`, { as, body });

async function agrees(): Promise<void> {
  const campaigns = await loadCampaigns(deps.pool);
  expect(campaignProblems(campaigns)).toEqual([]);
  expect((await openedCampaigns(campaigns, deps.keys)).problems).toEqual([]);
}

async function evaluated(accountId: string): Promise<string> {
  const { caseId } = await reviewOf(accountId);
  await company.answer(caseId, 'central-manager', 'reportYear', 'report', report);
  await company.answer(caseId, 'central-head', 'endorseReport', 'endorse');
  await company.task(caseId, 'assess');
  return caseId;
}

test('one campaign a year, whoever opens it; each account is decided once, and the campaign closes with the last', async () => {
  const accounts = [await heldAccount(deps), await heldAccount(deps), await heldAccount(deps)] as const;
  await keepSchedules(client, company.taskQueue);
  await keepSchedules(client, company.taskQueue);
  const schedule = client.schedule.getHandle(ANNUAL_REVIEW_SCHEDULE);
  onTestFinished(() => schedule.delete());
  onTestFinished(() => client.schedule.getHandle(PUBLICATION_SCHEDULE).delete());
  const opened = await Promise.all([
    openCampaign(deps, { personId: 'office-clerk-1' }),
    openCampaign(deps, 'calendar'),
    api.post('/campaigns', { as: 'office-clerk-2', body: {} }).then(({ body }) => body),
    schedule.trigger(),
  ]);
  expect(opened.filter((each) => each?.opened)).toHaveLength(1);
  await company.until('the calendar’s start', async () => {
    const [started] = (await schedule.describe()).info.recentActions;
    if (started?.action.type !== 'startWorkflow') return false;
    const { workflowId } = started.action.workflow;
    return (await client.workflow.getHandle(workflowId).describe()).status.name === 'COMPLETED';
  });
  expect(await prisma.auditEntry.count({ where: { act: 'campaign.opened' } })).toBe(1);
  await expect(openCampaign(deps, { personId: 'central-head' })).rejects.toMatchObject({ code: 'forbidden' });

  const [kept, pursued, ended] = accounts;
  const outcomes = { [kept]: 'maintain', [pursued]: 'intensify', [ended]: 'terminate' };
  for (const [accountId, option] of Object.entries(outcomes)) {
    const caseId = await evaluated(accountId);
    await company.answer(caseId, 'office-clerk-1', 'assess', 'assess', { option, reason: '依据评分' });
    await company.voteAll(caseId, 'deciding', option);
  }
  await company.until('its end', async () =>
    (await prisma.campaign.findUnique({ where: { year } }))?.state === 'closed' ? true : null,
  );
  expect(await client.workflow.getHandle(`annualReview:${year}`).result()).toBe('closed');
  const account = (id: string) => prisma.account.findUniqueOrThrow({ where: { id } });
  expect([(await account(kept)).state, (await account(pursued)).state, (await account(ended)).state]).toEqual([
    'active',
    'intensified',
    'terminated',
  ]);
  const rows = await prisma.review.findMany({ where: { year } });
  expect(rows.map(({ accountId, outcome, decided }) => [accountId, outcome, decided]).sort()).toEqual(
    Object.entries(outcomes)
      .map(([id, option]) => [id, option, true])
      .sort(),
  );
  expect((await acts(year, 'accounts', { accountId: kept, reason: '补评' })).body.code).toBe('campaignClosed');
  await agrees();
  expect(await exitProblems(deps.pool)).toEqual([]);
});

test('while it is paused nothing is begun, and what is open has its days more, once; then it goes on', async () => {
  const of = 2001;
  const [begun, late] = [await heldAccount(deps), await heldAccount(deps)];
  await prisma.account.update({ where: { id: late }, data: { state: 'terminated' } });
  await openedFor(of);
  await prisma.account.update({ where: { id: late }, data: { state: 'active' } });
  const { caseId, dueOn } = await reviewOf(begun, of);
  const before = await company.task(caseId, 'reportYear');

  const until = addDays(localDay(Date.now()), 10);
  expect((await acts(of, 'pause', { until, reason: '审计' }, 'auditor')).status).toBe(403);
  expect((await acts(of, 'pause', { until: localDay(Date.now()), reason: '审计' })).body.field).toBe('until');
  expect((await acts(of, 'pause', { until, reason: '集中审计' })).status).toBe(200);
  expect((await acts(of, 'pause', { until, reason: '审计' })).body.code).toBe('campaignPaused');
  expect((await acts(of, 'accounts', { accountId: late, reason: '漏列' })).status).toBe(200);
  expect((await acts(of, 'accounts', { accountId: late, reason: '漏列' })).body.code).toBe('inCampaign');
  await asleep(of);
  await ringCampaign(deps.pool, of);
  await asleep(of);

  const after = await company.task(caseId, 'reportYear');
  const tenDays = 10 * 86_400_000;
  expect(Number(after.dueAt) - Number(before.dueAt)).toBe(tenDays);
  expect(Number(after.remindHalfAt) - Number(before.remindHalfAt)).toBe(tenDays);
  expect(Number((await reviewOf(begun, of)).dueOn) - Number(dueOn)).toBe(tenDays);
  expect(await company.facts(caseId, 'extended')).toHaveLength(1);
  const row = await prisma.review.findUnique({ where: { year_accountId: { year: of, accountId: late } } });
  expect(row).toMatchObject({ state: 'waiting', caseId: null });

  expect((await acts(of, 'resume', { reason: '审计结束' })).status).toBe(200);
  expect((await acts(of, 'resume', { reason: '审计结束' })).body.code).toBe('campaignNotPaused');
  const added = await reviewOf(late, of);
  await company.task(added.caseId, 'reportYear');
  expect(await company.facts(added.caseId, 'extended')).toEqual([]);
  await agrees();
  await leftOut(of);
});

test('an account is left out, waiting or under review, and counted once; who may read does', async () => {
  const of = 2002;
  const [open, waits, ends] = [await heldAccount(deps), await heldAccount(deps), await heldAccount(deps)] as const;
  await company.stopWorker();
  await openedFor(of);
  const { remaining } = await campaign(of);
  expect((await acts(of, `accounts/${waits}/exclude`, { reason: '整体移交' })).status).toBe(200);
  await company.startWorker();
  const { caseId } = await reviewOf(open, of);
  const other = await reviewOf(ends, of);
  await company.task(caseId, 'reportYear');
  const answers = await Promise.all(
    ['office-clerk-1', 'office-clerk-2'].map((as) => acts(of, `accounts/${open}/exclude`, { reason: '整体移交' }, as)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await acts(of, `accounts/${waits}/exclude`, { reason: '整体移交' })).body.code).toBe('reviewSettled');
  expect((await acts(of, 'accounts/nobody/exclude', { reason: '整体移交' })).status).toBe(404);
  await company.state(caseId, 'withdrawn');
  expect((await campaign(of)).remaining).toBe(remaining - 2);

  // Cooperation ends, and the manager reports, in one moment: the review ends with the account, or goes on for nobody.
  await Promise.all([
    inCase(deps, { caseId }, (tx) => terminate(tx, ends)),
    company.answer(other.caseId, 'central-manager', 'reportYear', 'report', report).catch(() => null),
  ]);
  await company.state(other.caseId, 'lapsed');
  expect((await campaign(of)).remaining).toBe(remaining - 3);
  expect((await acts(of, 'accounts', { accountId: ends, reason: '补评' })).body.code).toBe('accountTerminated');

  const read = async (as: string) => (await api.get(`/campaigns/${of}`, { as })).body;
  const seen = await read('director');
  expect(seen).toMatchObject({ scope: 'company', mayAct: false, state: 'running' });
  expect(seen.acts.map(({ act, reason }: { act: string; reason: string }) => [act, reason])).toEqual([
    ['excluded', '整体移交'],
    ['excluded', '整体移交'],
  ]);
  const central = seen.units.find(({ unit }: { unit: { id: string } }) => unit.id === 'central');
  expect(central.counts).toMatchObject({ excluded: 2, decided: 1 });
  expect((await read('legal-head')).units).toEqual([]);
  expect((await read('central-submitter')).code).toBe('forbidden');
  const query = `unitId=central&stage=excluded&limit=1`;
  const first = (await api.get(`/campaigns/${of}/accounts?${query}`, { as: 'auditor' })).body;
  const second = (await api.get(`/campaigns/${of}/accounts?${query}&cursor=${first.nextCursor}`, { as: 'auditor' }))
    .body;
  const listed = [...first.items, ...second.items].map(({ account }) => account.id);
  expect([listed.sort(), second.nextCursor]).toEqual([[open, waits].sort(), null]);
  await leftOut(of);
});

test('a worker that dies while reviews are begun leaves each to be begun once, by the next', async () => {
  const of = 2003;
  for (let count = 0; count < 25; count++) await heldAccount(deps);
  await openedFor(of);
  const open = () => prisma.review.count({ where: { year: of, state: 'open' } });
  await company.until('the first', async () => (await open()) > 0);
  await company.stopWorker();
  await company.startWorker();
  await company.until(
    'the last',
    async () => (await prisma.review.count({ where: { year: of, state: 'waiting' } })) === 0,
  );
  const rows = await prisma.review.findMany({ where: { year: of } });
  expect(await open()).toBe(rows.length);
  const begun = await prisma.fact.findMany({
    where: { action: 'begin', codes: { path: ['year'], equals: of } },
  });
  expect(begun).toHaveLength(rows.length);
  await agrees();
});

/** Nothing waits to be done by the campaign: it sleeps until its time, and its doorbell was heard. */
function asleep(of: number): Promise<unknown> {
  return company.until('the campaign to sleep', async () => {
    const { rowCount } = await deps.pool.query('SELECT 1 FROM outbox WHERE case_id = $1', [String(of)]);
    const { clockAt } = await campaign(of);
    return rowCount === 0 && (clockAt === null || Number(clockAt) > Date.now() + 60_000);
  });
}

/** Leaves out what is left of a campaign, so that those after it have their accounts to themselves. */
async function leftOut(of: number): Promise<void> {
  const rows = await prisma.review.findMany({ where: { year: of, state: { in: ['waiting', 'open'] } } });
  for (const { accountId } of rows) await acts(of, `accounts/${accountId}/exclude`, { reason: '演示结束' });
  await company.until('its end', async () => (await campaign(of)).state === 'closed');
  await agrees();
}
