import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aboutAccount } from '../../cases/caseAccounts.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { historyArchive, readHistory } from '../../cases/historyArchive.ts';
import { ringWhereNothingTicks } from '../../cases/lifeBell.ts';
import { setMarketingTask } from '../../cases/marketingTasks.ts';
import { newCase } from '../../cases/newCase.ts';
import { setPolicy } from '../../cases/policyVersions.ts';
import { registerProcess } from '../../cases/processes.ts';
import { terminate } from '../../cases/termination.ts';
import { inCase } from '../../cases/transaction.ts';
import { cancelVisit, correctVisit, logVisit, planVisit } from '../../cases/visits.ts';
import { addDays, endOfDay, localDay } from '../../domain/calendar.ts';
import type { PolicyValues } from '../../domain/policy.ts';
import { accountOf } from '../support/accounts.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { bulletin } from '../support/tinyProcess/contract.ts';
import { bulletinProcess } from '../support/tinyProcess/definition.ts';

registerProcess(bulletinProcess);
const workflows = new URL('../support/tinyProcess/workflows.ts', import.meta.url).pathname;
const company = await startCompany({ workflows });
const api = await startApi(company);
const { deps, client } = company;
const { prisma } = deps;

const today = () => localDay(Date.now());
const form = { place: '武汉', met: ['王主任'], summary: '了解明年投资计划', nextStep: '报送资质' };
const by = (personId: string, accountId: string) => ({ personId, accountId });
const codeOf = (work: Promise<unknown>) => work.then(() => 'ok').catch((error) => error.code ?? error);
const account = (id: string) => prisma.account.findUniqueOrThrow({ where: { id } });
const visit = (id: string) => prisma.visit.findUniqueOrThrow({ where: { id } });

/** What the execution of an account that was terminated came to. It may not have started yet. */
async function ended(id: string): Promise<string> {
  await company.until('its end', async () => (await account(id)).closedAt);
  return client.workflow.getHandle(`account:${id}`).result();
}

async function caseAbout(accountId: string): Promise<string> {
  const { caseId } = await newCase(deps, bulletin, 'central-submitter', async (tx) => {
    await aboutAccount(tx, accountId);
    tx.fact({ kind: 'submitted', action: 'submit', actorId: 'central-submitter', secret: { text: '通报' } });
    tx.ring();
  });
  return caseId;
}

test('a visit is planned, made and corrected; what was written stays, and is sealed', async () => {
  const id = await accountOf(deps);
  const { visitId } = await planVisit(deps, { ...by('central-manager', id), plannedOn: addDays(today(), 3) });
  expect(await visit(visitId)).toMatchObject({ state: 'planned', holdingId: id, byId: 'central-manager' });
  await logVisit(deps, { ...by('central-manager', id), plannedId: visitId, visitedOn: today(), form });
  const done = await visit(visitId);
  expect(done).toMatchObject({ state: 'done', visitedOn: new Date(today()) });
  expect(await openForClient(deps, id, 'visits', visitId, done.secret as Uint8Array)).toEqual(form);
  expect(Buffer.from(done.secret as Uint8Array).toString('utf8')).not.toContain('武汉');

  const to = { visitedOn: today(), form: { ...form, place: '襄阳' } };
  const wrong = { personId: 'central-manager', visitId, reason: '地点有误', to };
  const corrected = await correctVisit(deps, wrong);
  expect(await visit(visitId)).toEqual(done);
  expect(await visit(corrected.visitId)).toMatchObject({ state: 'done', corrects: visitId });
  expect(await codeOf(correctVisit(deps, wrong))).toBe('visitNotDone');
  await correctVisit(deps, { ...wrong, visitId: corrected.visitId, to: null });
  expect(await prisma.visit.count({ where: { accountId: id } })).toBe(3);
});

test('no visit is in the future or outside its holding, none is made or cancelled twice', async () => {
  const id = await accountOf(deps);
  const manager = by('central-manager', id);
  expect(await codeOf(logVisit(deps, { ...manager, visitedOn: addDays(today(), 1), form }))).toBe('visitInFuture');
  expect(await codeOf(logVisit(deps, { ...manager, visitedOn: addDays(today(), -1), form }))).toBe(
    'visitBeforeHolding',
  );
  expect(await codeOf(planVisit(deps, { ...manager, plannedOn: addDays(today(), -1) }))).toBe('visitInPast');
  const { visitId } = await planVisit(deps, { ...manager, plannedOn: today(), purpose: '续签' });
  const results = await Promise.all(
    Array.from({ length: 4 }, () =>
      codeOf(logVisit(deps, { ...manager, plannedId: visitId, visitedOn: today(), form })),
    ),
  );
  expect(results.sort()).toEqual(['ok', ...Array(3).fill('visitNotPlanned')]);
  const cancel = { personId: 'central-manager', visitId, reason: '客户改期' };
  expect(await codeOf(cancelVisit(deps, cancel))).toBe('visitNotPlanned');
  const planned = await planVisit(deps, { ...manager, plannedOn: today() });
  expect(await codeOf(cancelVisit(deps, { ...cancel, ...planned }))).toBe('ok');
  expect(await codeOf(cancelVisit(deps, { ...cancel, visitId: 'nobody' }))).toBe('notFound');
});

test('visits are kept by the manager, his head and the office, and by nobody else', async () => {
  const id = await accountOf(deps);
  const may = (personId: string) => codeOf(logVisit(deps, { ...by(personId, id), visitedOn: today(), form }));
  const persons = ['central-manager', 'central-head', 'office-clerk-1', 'director', 'east-head', 'east-manager'];
  expect(await Promise.all(persons.map(may))).toEqual(['ok', 'ok', 'ok', 'forbidden', 'forbidden', 'notFound']);
});

test('a visit and the end of its holding at once: whichever comes second sees the first', async () => {
  for (let round = 0; round < 2; round++) {
    const id = await accountOf(deps);
    const deciding = await caseAbout(id);
    const entering = logVisit(deps, { ...by('central-manager', id), visitedOn: today(), form });
    const ending = inCase(deps, { caseId: deciding }, (tx) => terminate(tx, id));
    const [entered] = await Promise.all([codeOf(entering), ending]);
    expect(['ok', 'accountTerminated', 'forbidden', 'notFound']).toContain(entered);
    expect(await prisma.visit.count({ where: { accountId: id } })).toBe(entered === 'ok' ? 1 : 0);
  }
});

test('termination and the opening of a case about the account at once: nothing stays open, and its execution completes', async () => {
  for (let round = 0; round < 2; round++) {
    const id = await accountOf(deps);
    const deciding = await caseAbout(id);
    const ending = inCase(deps, { caseId: deciding }, (tx) => terminate(tx, id));
    const [opened] = await Promise.all([caseAbout(id).catch((error) => error.code), ending]);
    if (opened !== 'accountTerminated') await company.state(opened, 'lapsed');
    await company.state(deciding, 'lapsed');
    expect(await ended(id)).toBe('terminated');
    expect(await codeOf(caseAbout(id))).toBe('accountTerminated');
    await company.until('no doorbell', async () => (await prisma.doorbell.count({ where: { caseId: id } })) === 0);
  }
});

test('an ending that fails in its transaction leaves the account as it is', async () => {
  const id = await accountOf(deps);
  const deciding = await caseAbout(id);
  const failing = inCase(deps, { caseId: deciding }, async (tx) => {
    await terminate(tx, id);
    throw new Error('not now');
  });
  await expect(failing).rejects.toThrow('not now');
  expect(await prisma.account.findUnique({ where: { id } })).toMatchObject({ state: 'active', closedAt: null });
  expect(await prisma.holding.count({ where: { accountId: id, validTo: null } })).toBe(1);
});

test('an account from before there were executions of accounts gets its own when a worker starts', async () => {
  const id = await accountOf(deps);
  await company.until('its clock', async () => (await account(id)).clockAt);
  const handle = client.workflow.getHandle(`account:${id}`);
  await handle.terminate('as if it had never been');
  await prisma.account.update({ where: { id }, data: { clockAt: null } });
  await Promise.all([ringWhereNothingTicks(deps.pool), ringWhereNothingTicks(deps.pool)]);
  await company.until('its clock', async () => (await account(id)).clockAt);
  expect((await handle.describe()).status.name).toBe('RUNNING');
});

test('an account that fell asleep before its clock knew of marketing tasks looks again when a worker starts, once', async () => {
  const id = await accountOf(deps);
  const dueOn = addDays(today(), 5);
  await setMarketingTask(deps, {
    byId: 'central-head',
    accountId: id,
    ownerId: 'central-manager',
    dueOn,
    what: '拜访',
  });
  const dayBefore = endOfDay(addDays(dueOn, -1));
  const told = async () => {
    await company.until('its clock', async () => (await account(id)).clockAt?.getTime() === dayBefore);
    await company.until('no doorbell', async () => (await prisma.doorbell.count({ where: { caseId: id } })) === 0);
  };
  await told();
  // As an older release left it: the task is there, and the next instant is that of its return visit.
  await prisma.account.update({ where: { id }, data: { clockAt: new Date(endOfDay(addDays(today(), 30))) } });
  await ringWhereNothingTicks(deps.pool);
  await told();
  await ringWhereNothingTicks(deps.pool);
  expect(await prisma.doorbell.count({ where: { caseId: id } })).toBe(0);
});

test('an answer is kept with the visit', async () => {
  const id = await accountOf(deps);
  const key = randomUUID();
  const entering = { ...by('central-manager', id), visitedOn: today(), form };
  const failing = logVisit(deps, entering, async () => {
    throw new Error(key);
  });
  await expect(failing).rejects.toThrow(key);
  expect(await prisma.visit.count({ where: { accountId: id } })).toBe(0);
});

test('the history of an ended account is kept, encrypted, and read again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'account-histories-'));
  const id = await accountOf(deps);
  await deps.keys.getOrCreate(`client:${id}`);
  await inCase(deps, { caseId: await caseAbout(id) }, (tx) => terminate(tx, id));
  await ended(id);
  const archive = historyArchive(deps, client, folder);
  await company.until('its history', async () => {
    await archive();
    return readHistory(deps, folder, id);
  });
  const types = (await readHistory(deps, folder, id))?.events?.map((event) => event.eventType) ?? [];
  expect(types.length).toBeGreaterThan(4);
  await rm(folder, { recursive: true });
});

describe('定时上报 (Article 6.2)', () => {
  const report = { parts: ['basics', 'credit'], changes: '资产负债率下降，无失信记录' };

  test('covers the time since the last report, once, and is read by who may, on record', async () => {
    const id = await accountOf(deps);
    const path = `/accounts/${id}/reports`;
    const both = await Promise.all([1, 2].map(() => api.post(path, { as: 'central-manager', body: report })));
    expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'reportedAlready']);
    await prisma.$executeRaw`ALTER TABLE account_reports DISABLE TRIGGER account_reports_append_only`;
    const earlier = new Date(addDays(today(), -3));
    await prisma.accountReport.updateMany({ where: { accountId: id }, data: { fromOn: earlier, toOn: earlier } });
    await prisma.$executeRaw`ALTER TABLE account_reports ENABLE TRIGGER account_reports_append_only`;
    expect((await api.post(path, { as: 'data-clerk', body: report })).status).toBe(201);
    const read = await api.get(path, { as: 'central-head' });
    expect(read.body).toMatchObject({
      mayReport: true,
      items: [
        { fromOn: addDays(today(), -2), toOn: today(), by: { id: 'data-clerk' }, ...report },
        { by: { id: 'central-manager' }, ...report },
      ],
    });
    expect((await api.get(path, { as: 'auditor' })).body.mayReport).toBe(false);
    const reading = { act: 'accountReports.read', actorId: 'central-head' };
    expect(await prisma.auditEntry.findFirst({ where: reading })).toMatchObject({ codes: { accountId: id } });
    const { rows } = await deps.pool.query('SELECT r::text AS row FROM account_reports r');
    expect(rows.map(({ row }) => row).join()).not.toContain('失信');
  });

  test('is refused to who does not keep the file, and in a form that says nothing', async () => {
    const id = await accountOf(deps);
    const post = async (as: string, body: unknown) => {
      const answer = await api.post(`/accounts/${id}/reports`, { as, body });
      return answer.body.code ?? answer.status;
    };
    expect(await post('director', report)).toBe('forbidden');
    expect(await post('east-submitter', report)).toBe('notFound');
    for (const body of [{}, { ...report, parts: [] }, { ...report, parts: ['hobbies'] }, { ...report, changes: ' ' }])
      expect(await post('central-manager', body), JSON.stringify(body)).toMatch(/invalid|missing/);
  });

  test('what falls due is told with who was told; the notice leads to the account', async () => {
    const id = await accountOf(deps, { managerId: null });
    const notice = await company.until('the notice', async () => {
      const { body } = await api.get('/notifications', { as: 'central-head' });
      return body.items.find((each: { account: { id: string } | null }) => each.account?.id === id);
    });
    expect(notice).toMatchObject({ kind: 'accountVacant', account: { name: '云澜示例' }, case: null });
    const { body } = await api.get(`/accounts/${id}/duties`, { as: 'central-head' });
    expect(body.items).toMatchObject([
      { duty: 'visit', dueOn: addDays(today(), 60), isOverdue: false, told: [], next: { level: 'half' } },
      { duty: 'report', dueOn: addDays(today(), 90), isOverdue: false, told: [], next: { level: 'half' } },
      { duty: 'vacancy', isOverdue: true, told: [{ level: 'head' }], next: { level: 'office' } },
    ]);
    expect((await api.get(`/accounts/${id}/duties`, { as: 'east-submitter' })).status).toBe(404);
    expect((await api.get(`/accounts/${id}/duties`, { as: 'east-head' })).status).toBe(403);
  });

  test('a policy that was set counts for accounts there were before, from when it takes effect', async () => {
    const id = await accountOf(deps);
    await company.until('its clock', async () => (await account(id)).clockAt);
    const { values } = await prisma.policyVersion.findUniqueOrThrow({ where: { version: 1 } });
    const effectiveFrom = new Date(Date.now() + 1500);
    const shorter = { ...(values as object as PolicyValues), visitBranchDays: 10 };
    await setPolicy(deps, { personId: 'office-head', effectiveFrom, note: '加密回访', values: shorter });
    const soon = new Date(endOfDay(addDays(today(), 5)));
    await company.until('the shorter clock', async () => (await account(id)).clockAt?.getTime() === soon.getTime());
  });
});
