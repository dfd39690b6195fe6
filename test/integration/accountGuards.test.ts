import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { changeHolder } from '../../cases/holderChange.ts';
import { changeMembership } from '../../cases/memberships.ts';
import { terminate } from '../../cases/termination.ts';
import { inCase } from '../../cases/transaction.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany();
const api = await startApi(company);
const { deps } = company;
const { prisma, pool } = deps;

const CLERK = 'office-clerk-1';
const REASON = '客户在华南另有投资计划，一家单位难以覆盖';

const propose = (as: string, accountId: string, name: string) =>
  api.post(`/accounts/${accountId}/memberships`, {
    as,
    body: { change: 'add', member: { name, relation: '控股子公司' }, evidence: '工商登记' },
  });
const newName = () => `示例成员${randomUUID().slice(0, 8)}有限公司`;

const coHolding = async (accountId: string, unitId: string, managerId: string): Promise<string> => {
  const id = randomUUID();
  const data = { id, accountId, clientId: accountId, unitId, managerId, kind: 'co', decisionCaseId: accountId };
  await prisma.holding.create({ data: { ...data, validFrom: new Date() } });
  return id;
};

/** A case about an account that nobody has decided yet. */
const caseAbout = async (accountId: string): Promise<string> => {
  const body = { kind: 'riskWarning', severity: 'low', grounds: '付款放缓' };
  const answer = await api.post(`/accounts/${accountId}/suggestions`, { as: CLERK, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.caseId;
};

test('whoever held an account still sees that it is there and nothing of its file; a stranger sees none of it', async () => {
  const id = await heldAccount(deps);
  const ending = await caseAbout(id);
  await inCase(deps, { caseId: ending }, (tx) => terminate(tx, id));
  const known = ['', '/timeline', '/co-holders', '/allocations'];
  const file = ['visits', 'key-persons', 'reports', 'duties', 'marketing-tasks', 'projects', 'contract-totals'];
  const closed = [...file, 'suggestions', 'plans'].map((part) => `/${part}`);
  const seen = async (as: string) => {
    const statuses = [...known, ...closed].map(async (part) => [
      part,
      (await api.get(`/accounts/${id}${part}`, { as })).status,
    ]);
    return Object.fromEntries(await Promise.all(statuses));
  };
  const expected = (open: number, shut: number) =>
    Object.fromEntries([...known.map((part) => [part, open]), ...closed.map((part) => [part, shut])]);
  expect(await seen('central-manager')).toEqual(expected(200, 403));
  expect(await seen('central-head')).toEqual(expected(200, 403));
  expect(await seen('central-submitter')).toEqual(expected(200, 403));
  expect(await seen('east-submitter')).toEqual(expected(404, 404));
  expect(await seen('system-admin')).toEqual(expected(404, 404));
  expect(await seen('auditor')).toEqual(expected(200, 200));
});

test('a member that comes to a group as the group changes hands is held by who holds it then', async () => {
  const id = await heldAccount(deps);
  const name = newName();
  const { body } = await propose(CLERK, id, name);
  const changing = await caseAbout(id);
  // The change of holder is under way: its row is locked, and not yet committed.
  let enter = () => {};
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  const change = inCase(deps, { caseId: changing }, async (tx) => {
    const next = { accountId: id, holdingId: id, unitId: 'central', managerId: 'central-manager-2', state: 'active' };
    const holdingId = await changeHolder(tx, next);
    enter();
    // Until the other waits for it, or would have passed it by.
    await company.until('the other', async () => {
      const { rows } = await pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rows.length > 0 || (await prisma.legalEntity.count({ where: { name } })) > 0;
    });
    return holdingId;
  });
  await entered;
  const coming = inCase(deps, { caseId: body.caseId }, changeMembership);
  const [holdingId] = await Promise.all([change, coming]);
  const covered = await prisma.holdingEntity.findMany({ where: { entityKey: `name:${name}`, validTo: null } });
  expect(covered.map((row) => row.holdingId)).toEqual([holdingId]);
});

test('a co-holding passed to one who is a co-holder of the unit already ends, and his goes on', async () => {
  const id = await heldAccount(deps);
  const [first, second] = [
    await coHolding(id, 'south', 'south-manager'),
    await coHolding(id, 'south', 'south-submitter'),
  ];
  const caseId = await caseAbout(id);
  const next = { accountId: id, holdingId: first, unitId: 'south', managerId: 'south-submitter', state: 'active' };
  expect(await inCase(deps, { caseId }, (tx) => changeHolder(tx, next))).toBe(second);
  const current = await prisma.holding.findMany({ where: { accountId: id, kind: 'co', validTo: null } });
  expect(current.map((row) => row.id)).toEqual([second]);
});

test('nobody is added to an account that was terminated while the committee decided: the case lapses', async () => {
  const id = await heldAccount(deps);
  const body = { unitId: 'south', reason: REASON, regionCodes: ['440000'] };
  const { caseId } = (await api.post(`/accounts/${id}/co-holders`, { as: CLERK, body })).body;
  await company.voteAll(caseId, 'deciding', 'for');
  await company.answer(caseId, 'south-submitter', 'nominate', 'nominate', { managerId: 'south-manager' });
  await company.until('ballot', () => prisma.ballot.findFirst({ where: { caseId, step: 'confirming' } }));
  await company.stopWorker();
  await company.voteAll(caseId, 'confirming', 'for');
  // As a termination leaves it, before the account's own execution has ended what is open about it.
  await prisma.$transaction([
    prisma.account.update({ where: { id }, data: { state: 'terminated', terminatedOn: new Date() } }),
    prisma.holding.updateMany({ where: { accountId: id }, data: { validTo: new Date() } }),
  ]);
  await company.startWorker();
  await company.state(caseId, 'lapsed');
  expect(await prisma.holding.count({ where: { accountId: id, validTo: null } })).toBe(0);
});

test('a holding that began an instant ahead of the clock that ends it ends after it began', async () => {
  const id = await heldAccount(deps);
  const caseId = await caseAbout(id);
  const ahead = new Date(Date.now() + 5_000);
  await prisma.holding.update({ where: { id }, data: { validFrom: ahead } });
  await inCase(deps, { caseId, now: ahead.getTime() - 4_000 }, (tx) => terminate(tx, id));
  const { validTo } = await prisma.holding.findUniqueOrThrow({ where: { id } });
  expect(validTo?.getTime()).toBe(ahead.getTime() + 1);
});

test('trying names as members of one’s group tells no more than checks do, and counts as they do', async () => {
  const [own, other] = [
    await heldAccount(deps),
    await heldAccount(deps, { unitId: 'east', managerId: 'east-manager' }),
  ];
  const name = newName();
  expect((await propose('east-manager', other, name)).status).toBe(201);
  const checks = () => prisma.exclusivityCheck.count({ where: { personId: 'central-manager', kind: 'typed' } });
  const before = await checks();
  const refused = await propose('central-manager', own, name);
  expect([refused.status, refused.body.code]).toEqual([409, 'memberInProgress']);
  expect(await checks()).toBe(before + 1);
  const [latest] = await prisma.exclusivityCheck.findMany({
    where: { personId: 'central-manager' },
    orderBy: { at: 'desc' },
  });
  expect(latest).toMatchObject({ kind: 'typed', outcome: 'inProgress' });
  // What is free is proposed, and is on record as a case.
  expect((await propose('central-manager', own, newName())).status).toBe(201);
  expect(await checks()).toBe(before + 1);
});
