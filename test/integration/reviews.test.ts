import { expect, test } from 'vitest';
import type { TimelineEntry } from '../../api/contract/cases.ts';
import type { ReviewMatter } from '../../api/contract/reviews.ts';
import { openCampaign } from '../../cases/campaigns.ts';
import { nameKey } from '../../cases/entityKeys.ts';
import { changeHolder } from '../../cases/holderChange.ts';
import { setMarketingTask } from '../../cases/marketingTasks.ts';
import { reviewProblems } from '../../cases/reviewAgreement.ts';
import { inCase } from '../../cases/transaction.ts';
import { verifyStored } from '../../cases/verification.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { startApi } from '../support/api.ts';
import { whileBroken } from '../support/broken.ts';
import { branchLevel, startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany();
const api = await startApi(company);
const { deps } = company;
const { prisma } = deps;

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const MEMBER = 'south-deputy';
// A year of its own: the execution of a campaign is named by its year alone, and the server is shared.
const opened = Date.UTC(2041, 11, 2);
const year = assessmentYear(opened);
const report = { changes: '经营情况稳定', performance: 4, cooperation: 3, credit: 5 };
const reason = '业主回款明显变慢';

const accounts = [
  await heldAccount(deps, { onList: true, grade: 'company' }),
  await heldAccount(deps, { onList: true }),
  await heldAccount(deps, { onList: true }),
] as const;
const [regraded, pursued, ended] = accounts;
// The year before, as it stands once it is over.
await prisma.campaign.create({
  data: {
    ...{ year: year - 1, state: 'closed', policyVersion: 1, responsibleId: CLERK, scheduled: false, remaining: 0 },
    ...{ cutoffOn: new Date(), dueOn: new Date(), openedAt: new Date(), closedAt: new Date() },
  },
});
await prisma.review.create({
  data: {
    ...{ id: 'before', year: year - 1, accountId: regraded, state: 'finished', score: 41, outcome: 'maintain' },
    ...{ decided: false, gradeBefore: 'company', gradeAfter: 'company', finishedAt: new Date() },
  },
});
await openCampaign(deps, { personId: CLERK }, opened);

const caseOf = (accountId: string) =>
  company.until('the review', async () => {
    const row = await prisma.review.findFirst({ where: { year, accountId, replaced: false } });
    return row?.caseId ?? null;
  });

/** What the timeline tells somebody of the score and what was said of it, in order. */
async function saidTo(as: string, caseId: string): Promise<readonly string[]> {
  const { items } = (await api.get(`/cases/${caseId}/timeline`, { as })).body as { items: TimelineEntry[] };
  return items
    .filter(({ text }) => text !== null)
    .map(({ kind, action }) => action ?? kind)
    .filter((what) => ['report', 'assessGrade', 'dissented'].includes(what));
}

async function evaluated(accountId: string): Promise<string> {
  const caseId = await caseOf(accountId);
  await company.answer(caseId, MANAGER, 'reportYear', 'report', report);
  await company.answer(caseId, 'central-head', 'endorseReport', 'endorse');
  await company.task(caseId, 'assess');
  return caseId;
}

const matterOf = async (caseId: string, as: string): Promise<ReviewMatter> =>
  (await api.get(`/cases/${caseId}`, { as })).body.matter;
const dissent = (caseId: string, as: string, said = reason) =>
  api.post(`/cases/${caseId}/dissents`, { as, body: { reason: said } });
const stateOf = async (id: string) => (await prisma.account.findUniqueOrThrow({ where: { id } })).state;

test('a review tells how the score came about, what is proposed and why, and the year before; a member may dissent until it is decided', async () => {
  const caseId = await caseOf(regraded);
  expect((await dissent(caseId, MEMBER)).body.code).toBe('notYourMatter');
  await evaluated(regraded);

  const seen = await matterOf(caseId, MEMBER);
  expect(seen).toMatchObject({
    ...{ process: 'review', year, readsFile: true, dataAtHand: false, proposal: null, outcome: null },
    ...{ gradeHeld: 'company', gradeProposed: 'branch', mayDissent: true, dissents: [] },
    before: { year: year - 1, score: 41, outcome: 'maintain', decided: false, caseId: null },
    score: { inputs: { performance: 4, cooperation: 3, credit: 5, receivableYuan: null, totalsYuan: '0.00' } },
  });
  expect(seen.pulledOut).toBeNull();
  expect(seen.score?.parts.find(({ part }) => part === 'payment')).toEqual({
    ...{ part: 'payment', weight: 20, value: null },
  });
  expect(await matterOf(caseId, 'central-submitter')).toMatchObject({
    readsFile: false,
    score: null,
    before: { score: null },
  });

  // Who has no seat, who is of the holding unit, and who may not read it at all.
  for (const [as, code] of [
    [CLERK, 'forbidden'],
    ['central-deputy', 'conflicted'],
    ['finance-expert', 'notFound'],
    ['auditor', 'forbidden'],
  ] as const)
    expect((await dissent(caseId, as)).body.code, as).toBe(code);
  expect((await dissent(caseId, MEMBER)).status).toBe(201);
  await company.answer(caseId, CLERK, 'assess', 'assessGrade', { option: 'maintain', reason: '先调整级别' });
  await company.task(caseId, 'vote');
  expect((await dissent(caseId, MEMBER, '回款已经恢复，撤回原意见')).status).toBe(201);
  expect((await dissent(caseId, 'director', '应加强攻关')).status).toBe(201);
  expect(await matterOf(caseId, 'north-head')).toMatchObject({
    proposal: { option: 'maintain', regrades: true, by: { id: CLERK }, reason: '先调整级别' },
    dissents: [
      { by: { id: MEMBER }, step: 'regrading', reason: '回款已经恢复，撤回原意见' },
      { by: { id: 'director' }, step: 'regrading', reason: '应加强攻关' },
    ],
  });
  const told = await company.facts(caseId, 'dissented');
  expect(told.map(({ actorId, codes }) => [actorId, codes])).toEqual([
    [MEMBER, {}],
    [MEMBER, {}],
    ['director', {}],
  ]);

  await company.voteAll(caseId, 'regrading', 'for');
  await company.voteAll(caseId, 'deciding', 'maintain');
  await company.state(caseId, 'maintained');
  expect((await dissent(caseId, MEMBER)).body.code).toBe('caseEnded');
  expect(await prisma.account.findUniqueOrThrow({ where: { id: regraded } })).toMatchObject({
    ...{ grade: 'branch', managedBy: 'branch', state: 'active' },
  });
  // Branch-managed by now: it stays open to who decided, and to nobody who takes a seat later.
  expect(await matterOf(caseId, MEMBER)).toMatchObject({ readsFile: true, score: { total: expect.any(Number) } });
  const seat = { id: 'later', kind: 'member', ord: 99, unitId: 'north', name: '委员', nameEn: 'Member' };
  await prisma.seat.create({ data: seat });
  const term = { id: 'later', seatId: 'later', personId: 'finance-expert', document: '任命' };
  await prisma.seatTerm.create({ data: { ...term, validFrom: new Date(localDay(Date.now())) } });
  expect(await matterOf(caseId, 'finance-expert')).toMatchObject({ readsFile: false, score: null, dissents: [] });
  expect(await saidTo('finance-expert', caseId)).toEqual([]);
  expect(await saidTo('north-head', caseId)).toEqual(['report', 'dissented', 'assessGrade', 'dissented', 'dissented']);
  await prisma.seatTerm.delete({ where: { id: 'later' } });
  await prisma.seat.delete({ where: { id: 'later' } });

  const events = (await api.get(`/accounts/${regraded}/timeline`, { as: MANAGER })).body.items;
  expect(events.filter(({ kind }: { kind: string }) => kind === 'regraded')).toMatchObject([
    { grade: 'branch', case: { id: caseId } },
  ]);
  const years = (await api.get(`/accounts/${regraded}/reviews`, { as: MANAGER })).body.items;
  expect(years).toMatchObject([
    { year, caseId, outcome: 'maintain', decided: true, gradeBefore: 'company', gradeAfter: 'branch' },
    { year: year - 1, caseId: null, outcome: 'maintain', decided: false, score: 41 },
  ]);
  const readings = await prisma.auditEntry.findMany({
    where: { act: { in: ['score.read', 'reviews.read'] }, codes: { path: ['accountId'], equals: regraded } },
    orderBy: { at: 'asc' },
  });
  expect(readings.map(({ act, actorId, codes }) => [act, actorId, (codes as { purpose: string }).purpose])).toEqual([
    ['score.read', MEMBER, 'committee'],
    ['score.read', 'north-head', 'committee'],
    ['reviews.read', MANAGER, 'manager'],
  ]);
  expect((await api.get(`/accounts/${regraded}/reviews`, { as: 'central-submitter' })).body.code).toBe('forbidden');
  expect((await api.get(`/accounts/${regraded}/reviews`, { as: 'east-submitter' })).body.code).toBe('forbidden');
});

test('intensified: its plan is supervised, and the account is intensified until that is closed, but vacant while it has no manager', async () => {
  const caseId = await evaluated(pursued);
  await company.answer(caseId, CLERK, 'assess', 'assess', { option: 'intensify', reason: '明年有大项目' });
  await company.voteAll(caseId, 'deciding', 'intensify');
  const asked = await company.task(caseId, 'planPursuit');
  expect(await stateOf(pursued)).toBe('intensified');

  const hands = (managerId: string | null, unitId = 'central') =>
    inCase(deps, { caseId, personId: CLERK }, async (tx) => {
      const holding = await prisma.holding.findFirstOrThrow({ where: { accountId: pursued, validTo: null } });
      await changeHolder(tx, { accountId: pursued, holdingId: holding.id, unitId, managerId });
    });
  // Whoever leads the account plans: the new manager, in another unit too; while there is none, the head of the unit.
  for (const [managerId, unitId, candidate] of [
    ['east-manager', 'east', 'person:east-manager'],
    [null, 'east', 'role:unitHead@east'],
    [MANAGER, 'central', `person:${MANAGER}`],
  ] as const) {
    await hands(managerId, unitId);
    const task = await company.until(`the plan of ${candidate}`, async () => {
      const now = await company.task(caseId, 'planPursuit');
      return now.candidates.includes(candidate) ? now : null;
    });
    expect(task).toMatchObject({ id: asked.id, candidates: [candidate], dueAt: asked.dueAt, assigneeId: null });
    expect((await company.caseRow(caseId)).unitId).toBe(unitId);
    expect(await stateOf(pursued)).toBe(managerId ? 'intensified' : 'vacant');
  }
  expect(await company.facts(caseId, 'reassigned')).toHaveLength(3);
  await expect(
    company.answer(caseId, 'east-manager', 'planPursuit', 'plan', { plan: { aim: '扩大合作', measures: [] } }),
  ).rejects.toMatchObject({ code: 'notCandidate' });

  const measures = [{ text: '每季度高层互访', ownerId: MANAGER, dueOn: addDays(localDay(Date.now()), 20) }];
  await company.answer(caseId, MANAGER, 'planPursuit', 'plan', { plan: { aim: '扩大合作', measures } });
  await company.task(caseId, 'carryOut');
  expect((await api.get(`/accounts/${pursued}/plans`, { as: MANAGER })).body.items).toMatchObject([
    { caseId, process: 'review', state: 'underway', aim: '扩大合作', measures: [{ state: 'open' }] },
  ]);
  expect(await matterOf(caseId, MEMBER)).toMatchObject({ outcome: 'intensify', plan: { aim: '扩大合作' } });
  expect((await api.get('/measures', { as: CLERK })).body.items).toMatchObject([{ caseId, account: { id: pursued } }]);

  await hands(null);
  expect(await stateOf(pursued)).toBe('vacant');
  await hands(MANAGER);
  expect(await stateOf(pursued)).toBe('intensified');

  await company.answer(caseId, MANAGER, 'carryOut', 'report', { note: '已完成' });
  await company.answer(caseId, CLERK, 'supervise', 'confirmMeasure');
  await company.answer(caseId, CLERK, 'closePlan', 'closePlan', { result: 'achieved', opinion: '措施落实' });
  await company.state(caseId, 'intensified');
  expect(await stateOf(pursued)).toBe('active');
});

test('terminated: nobody holds the client any more and any unit may recommend it, its execution and its marketing tasks end, its archive and its past stay', async () => {
  const caseId = await evaluated(ended);
  const dueOn = addDays(localDay(Date.now()), 20);
  const asked = { byId: 'central-head', accountId: ended, ownerId: 'central-submitter', dueOn, what: '邀请业主考察' };
  const { id: taskId } = await setMarketingTask(deps, asked);
  const { client } = await prisma.account.findUniqueOrThrow({ where: { id: ended }, include: { client: true } });
  // A held account of the tests stands there without the names it is held by.
  await deps.pool.query(
    `INSERT INTO holding_entities (holding_id, entity_key, kind, valid_from) SELECT id, $2, kind, valid_from FROM holdings WHERE account_id = $1`,
    [ended, nameKey(client.name)],
  );
  const checked = async () =>
    (await api.post('/exclusivity-checks', { as: 'east-submitter', body: { name: client.name } })).body.answer;
  const recommended = async () => {
    const draft = await company.draft((form) => {
      branchLevel(form);
      form.client.name = client.name;
      form.client.codeType = 'other';
      delete form.client.uscc;
      form.client.formerNames = [];
      form.client.members = [];
    }, 'east-submitter');
    const body = { outsideTerritoryReason: '客户邀请' };
    return api.post(`/recommendations/${draft}/submit`, { as: 'east-submitter', body });
  };
  expect(await checked()).toMatchObject({ result: 'held', holder: { id: 'central' } });
  expect((await recommended()).body.code).toBe('clientHeld');
  await company.answer(caseId, CLERK, 'assess', 'assess', { option: 'terminate', reason: '连续两年没有合作' });
  await company.voteAll(caseId, 'deciding', 'terminate');
  await company.state(caseId, 'terminated');
  const account = await company.until('its end', async () => {
    const row = await prisma.account.findUniqueOrThrow({ where: { id: ended } });
    return row.closedAt ? row : null;
  });
  expect(account).toMatchObject({ state: 'terminated', onList: false });
  expect(await prisma.holding.count({ where: { accountId: ended, validTo: null } })).toBe(0);
  expect(await checked()).toMatchObject({ result: 'free' });
  expect((await recommended()).status).toBe(200);
  expect((await api.get(`/accounts/${ended}`, { as: MANAGER })).body).toMatchObject({
    ...{ state: 'terminated', unit: null, manager: null },
  });
  // Who was to do something for it is told, and asked no more; what it was, and why it was closed, is on record.
  expect((await api.get('/me/marketing-tasks', { as: 'central-submitter' })).body.items).toEqual([]);
  expect(await prisma.notification.count({ where: { personId: 'central-submitter', kind: 'accountTerminated' } })).toBe(
    1,
  );
  const done = { as: 'central-submitter', body: { answer: '业主已来访' } };
  expect((await api.post(`/marketing-tasks/${taskId}/fulfil`, done)).body.code).toBe('marketingTaskClosed');
  const tasks = (await api.get(`/accounts/${ended}/marketing-tasks`, { as: CLERK })).body.items;
  expect(tasks).toMatchObject([{ id: taskId, state: 'ended', closedBy: null, answer: null, what: '邀请业主考察' }]);
  const told = (await api.get(`/accounts/${ended}/timeline`, { as: CLERK })).body.items;
  expect(told.map(({ kind }: { kind: string }) => kind)).toContain('marketingTaskEnded');
  expect((await api.get(`/clients/${client.id}`, { as: CLERK })).status).toBe(200);
  expect((await api.get(`/accounts/${ended}/reviews`, { as: CLERK })).body.items).toMatchObject([
    { outcome: 'terminate' },
  ]);
});

test('what is stored of the reviews agrees, and every way it may not is found', async () => {
  const { findings } = await verifyStored({ ...deps, files: api.deps.files, client: company.client });
  // These accounts stand there without the case that established them, and the review of the year before without its own.
  const known = ({ check, at }: { check: string; at: string }) =>
    check === 'holdings' || at.startsWith('account ') || ['review before', `campaign ${year - 1}`].includes(at);
  expect(findings.filter((finding) => !known(finding))).toEqual([]);
  const broken = async (sql: string, accountId: string) =>
    (await whileBroken(deps.pool, [sql, accountId, year], (client) => reviewProblems(client, deps.keys, 2))).map(
      ({ problem }) => problem,
    );
  const review = (set: string) => `UPDATE reviews SET ${set} WHERE account_id = $1 AND year = $2`;
  const plan = (set: string) => `UPDATE plans SET ${set} WHERE account_id = $1 AND $2 > 0`;
  expect(await broken(review(`outcome = 'maintain'`), ended)).toEqual([
    'its outcome is maintain, decided; chosen was terminate, decided',
    'its outcome is maintain, and it is terminated',
  ]);
  expect(await broken(review('score = 99'), ended)).toEqual([expect.stringMatching(/^its score is 99, computed \d+$/)]);
  expect(await broken(review(`grade_after = 'company'`), pursued)).toEqual([
    'its grade is company, branch due: the ballot none',
  ]);
  expect(await broken(review(`grade_after = 'company'`), regraded)).toEqual([
    'its grade is company, branch due: the ballot passed',
  ]);
  expect(await broken(plan(`result = 'partly'`), pursued)).toEqual(['its plan came to partly, decided was achieved']);
});
