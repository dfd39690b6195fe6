import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { currentCalendar } from '../../cases/calendars.ts';
import { campaignProblems, loadCampaigns, openedCampaigns } from '../../cases/campaignAgreement.ts';
import { ringCampaign } from '../../cases/campaignBell.ts';
import { lookAtCampaign } from '../../cases/campaignClock.ts';
import { goesOnAt } from '../../cases/campaignPause.ts';
import { openCampaign } from '../../cases/campaigns.ts';
import { exitProblems } from '../../cases/exitAgreement.ts';
import { changeHolder } from '../../cases/holderChange.ts';
import { terminate } from '../../cases/termination.ts';
import { inCase } from '../../cases/transaction.ts';
import { addDays, dueAfter, dueAt, localDay } from '../../domain/calendar.ts';
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
    const row = await prisma.review.findFirst({ where: { year: of, accountId, replaced: false } });
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

async function evaluated(accountId: string, of = year): Promise<string> {
  const { caseId } = await reviewOf(accountId, of);
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
  const row = await prisma.review.findFirst({ where: { year: of, accountId: late, replaced: false } });
  expect(row).toMatchObject({ state: 'waiting', caseId: null });

  // What is asked for in the pause has its whole time from the day on which it goes on, and is not moved again.
  await company.answer(caseId, 'central-manager', 'reportYear', 'report', report);
  const asked = await company.task(caseId, 'endorseReport');
  const days = Number(asked.dueDays);
  const calendar = await currentCalendar(deps.pool);
  expect(asked.dueAt).toEqual(new Date(dueAt(calendar, goesOnAt(until), days).dueMs));
  await ringCampaign(deps.pool, of);
  await asleep(of);
  expect((await company.task(caseId, 'endorseReport')).dueAt).toEqual(asked.dueAt);

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

  // Left out by mistake: it is added again, and what it was left out with stays on record.
  expect((await acts(of, 'accounts', { accountId: open, reason: '误列' }, 'auditor')).status).toBe(403);
  for (const accountId of [open, waits])
    expect((await acts(of, 'accounts', { accountId, reason: '误列，重新参加' })).status).toBe(200);
  expect((await acts(of, 'accounts', { accountId: open, reason: '误列' })).body.code).toBe('inCampaign');
  const again = await reviewOf(open, of);
  expect(again.caseId).not.toBe(caseId);
  await company.task(again.caseId, 'reportYear');
  await company.state(caseId, 'withdrawn');
  const after = await read('director');
  expect(after.units.find(({ unit }: { unit: { id: string } }) => unit.id === 'central').counts.excluded).toBe(0);
  expect(after.acts[0]).toMatchObject({ act: 'added', account: { id: waits }, reason: '误列，重新参加' });
  const codes = { path: ['accountId'], equals: open };
  expect((await prisma.auditEntry.findFirst({ where: { act: 'campaign.added', codes } }))?.actorId).toBe(
    'office-clerk-1',
  );
  const rows = (await api.get(`/campaigns/${of}/accounts?limit=200`, { as: 'auditor' })).body.items;
  expect(rows.filter(({ account }: { account: { id: string } }) => account.id === open)).toMatchObject([
    { case: { id: again.caseId }, addedLate: true },
  ]);
  await agrees();
  expect((await acts(of, `accounts/${open}/exclude`, { reason: '整体移交' })).status).toBe(200);
  await leftOut(of);
});

test('ballots and the director’s turn are moved past a pause, which ends by the calendar, once; an account that nobody leads is told of too', async () => {
  const of = 2004;
  const [turn, balloting, led] = [
    await heldAccount(deps, { grade: 'company' }),
    await heldAccount(deps),
    await heldAccount(deps),
  ] as const;
  const orphan = randomUUID();
  await deps.keys.create(`client:${orphan}`);
  await prisma.client.create({ data: { id: orphan, name: '无人对接示例', nameKey: orphan, nearKey: orphan } });
  await prisma.account.create({
    data: {
      ...{ id: orphan, clientId: orphan, archiveNo: orphan, grade: 'branch', managedBy: 'branch', state: 'vacant' },
      ...{ establishedOn: new Date(), decisionCaseId: orphan },
    },
  });
  await openedFor(of);
  const { items } = (await api.get(`/campaigns/${of}/accounts?limit=200`, { as: 'director' })).body;
  expect(items).toHaveLength(await prisma.review.count({ where: { year: of } }));
  expect(items.find(({ account }: { account: { id: string } }) => account.id === orphan)).toMatchObject({
    manager: null,
  });

  const [turnCase, ballotCase] = (await Promise.all(
    [turn, balloting].map(async (accountId) => {
      const caseId = await evaluated(accountId, of);
      await company.answer(caseId, 'office-clerk-1', 'assess', 'assess', { option: 'maintain', reason: '依据评分' });
      await company.task(caseId, 'vote');
      return caseId;
    }),
  )) as [string, string];
  const votes = await prisma.task.findMany({ where: { caseId: turnCase, kind: 'vote', status: 'open' } });
  for (const { candidates } of votes)
    await company.vote(turnCase, String(candidates[0]).slice('person:'.length), 'maintain');
  const ballotOf = (caseId: string) => prisma.ballot.findFirstOrThrow({ where: { caseId, step: 'deciding' } });
  await company.task(turnCase, 'vote', 'director');
  const before = { turn: await ballotOf(turnCase), open: await ballotOf(ballotCase) };

  const until = addDays(localDay(Date.now()), 14);
  expect((await acts(of, 'pause', { until, reason: '集中审计' })).status).toBe(200);
  await asleep(of);
  const { workDays } = await prisma.campaignAct.findFirstOrThrow({ where: { year: of, act: 'paused' } });
  const calendar = await currentCalendar(deps.pool);
  const moved = (due: Date | null) => new Date(dueAfter(calendar, Number(due), Number(workDays)).dueMs);
  const after = { turn: await ballotOf(turnCase), open: await ballotOf(ballotCase) };
  expect(after.turn.directorDueAt).toEqual(moved(before.turn.directorDueAt));
  expect(after.open.dueAt).toEqual(moved(before.open.dueAt));
  expect((await company.task(turnCase, 'vote', 'director')).dueAt).toEqual(after.turn.directorDueAt);
  expect((await company.task(ballotCase, 'vote', 'east-head')).dueAt).toEqual(after.open.dueAt);

  // Two look at once as the day has come; a moment before, nobody does anything.
  await company.stopWorker();
  await lookAtCampaign(deps, { year: of, now: goesOnAt(until) - 1 });
  expect((await campaign(of)).state).toBe('paused');
  await Promise.all([1, 2].map(() => lookAtCampaign(deps, { year: of, now: goesOnAt(until) })));
  expect((await campaign(of)).state).toBe('running');
  const resumed = await prisma.campaignAct.findMany({ where: { year: of, act: 'resumed' } });
  expect(resumed.map(({ byId }) => byId)).toEqual([null]);
  expect(await company.facts(ballotCase, 'extended')).toHaveLength(1);
  expect((await ballotOf(ballotCase)).dueAt).toEqual(after.open.dueAt);

  // The account goes to another manager at once: who is in charge no more reports nothing, though no process has noticed yet.
  const { caseId } = await reviewOf(led, of);
  await hands(turnCase, led, 'central-manager-2');
  await expect(company.answer(caseId, 'central-manager', 'reportYear', 'report', report)).rejects.toMatchObject({
    code: 'notCandidate',
  });
  await company.startWorker();
  const followed = await company.task(caseId, 'reportYear', 'central-manager-2');
  // The other order: what he had reported stands, and where it is returned his successor goes on from it.
  await company.answer(caseId, 'central-manager-2', 'reportYear', 'report', report);
  await company.task(caseId, 'endorseReport');
  await hands(turnCase, led, 'central-manager');
  await company.answer(caseId, 'central-head', 'endorseReport', 'return', { reason: '补充数据' });
  const returned = await company.task(caseId, 'reportYear', 'central-manager');
  expect(returned.dueAt).toEqual(followed.dueAt);
  // And in one moment: it is reported once, by whoever was in charge.
  const [, early] = await Promise.all([
    hands(turnCase, led, 'central-manager-2'),
    company.answer(caseId, 'central-manager', 'reportYear', 'report', report).catch(() => null),
  ]);
  if (early === null) {
    await company.task(caseId, 'reportYear', 'central-manager-2');
    await company.answer(caseId, 'central-manager-2', 'reportYear', 'report', report);
  }
  await company.task(caseId, 'endorseReport');
  expect((await company.facts(caseId, 'decided')).filter(({ action }) => action === 'report')).toHaveLength(2);
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

/** Another manager leads an account from this instant on, by a case about something else. */
async function hands(caseId: string, accountId: string, managerId: string): Promise<void> {
  await inCase(deps, { caseId }, async (tx) => {
    const holding = await prisma.holding.findFirstOrThrow({ where: { accountId, kind: 'lead', validTo: null } });
    await changeHolder(tx, { accountId, holdingId: holding.id, unitId: 'central', managerId });
  });
}

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
