import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { aboutAccount } from '../../cases/caseAccounts.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { newCase } from '../../cases/newCase.ts';
import { registerProcess } from '../../cases/processes.ts';
import { terminate } from '../../cases/termination.ts';
import { inCase } from '../../cases/transaction.ts';
import { cancelVisit, correctVisit, logVisit, planVisit } from '../../cases/visits.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { accountOf } from '../support/accounts.ts';
import { startCompany } from '../support/company.ts';
import { bulletin } from '../support/tinyProcess/contract.ts';
import { bulletinProcess } from '../support/tinyProcess/definition.ts';

registerProcess(bulletinProcess);
const workflows = new URL('../support/tinyProcess/workflows.ts', import.meta.url).pathname;
const company = await startCompany({ workflows });
const { deps, client } = company;
const { prisma } = deps;

const today = () => localDay(Date.now());
const form = { place: '武汉', met: ['王主任'], summary: '了解明年投资计划', nextStep: '报送资质' };
const by = (personId: string, accountId: string) => ({ personId, accountId });
const codeOf = (work: Promise<unknown>) => work.then(() => 'ok').catch((error) => error.code ?? error);
const visit = (id: string) => prisma.visit.findUniqueOrThrow({ where: { id } });

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
    expect(await client.workflow.getHandle(`account:${id}`).result()).toBe('terminated');
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
