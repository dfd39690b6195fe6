import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { aboutAccount } from '../../cases/caseAccounts.ts';
import { closeMarketingTask, setMarketingTask } from '../../cases/marketingTasks.ts';
import { newCase } from '../../cases/newCase.ts';
import { registerProcess } from '../../cases/processes.ts';
import { terminate } from '../../cases/termination.ts';
import { inCase } from '../../cases/transaction.ts';
import { logVisit } from '../../cases/visits.ts';
import { addDays, endOfDay, localDay } from '../../domain/calendar.ts';
import { accountOf } from '../support/accounts.ts';
import { startCompany } from '../support/company.ts';
import { saveHistory } from '../support/histories.ts';
import { bulletin } from '../support/tinyProcess/contract.ts';
import { bulletinProcess } from '../support/tinyProcess/definition.ts';

/** The life of key accounts on a clock that jumps. `npm run save-release` keeps the histories it makes for the replay gate. */
registerProcess(bulletinProcess);
const company = await startCompany({
  timeSkipping: true,
  workflows: new URL('../support/tinyProcess/workflows.ts', import.meta.url).pathname,
});
const { deps, client } = company;
const { prisma } = deps;

const form = { place: '武汉', met: ['王主任'], summary: '了解明年投资计划', nextStep: '报送资质' };
const row = (id: string) => prisma.account.findUniqueOrThrow({ where: { id } });
const handleOf = (id: string) => client.workflow.getHandle(`account:${id}`);

async function noticesOf(id: string): Promise<string[]> {
  const notices = await prisma.accountNotice.findMany({ where: { accountId: id }, orderBy: { toldAt: 'asc' } });
  return notices.map(({ duty, level }) => `${duty} ${level}`);
}

/** Who was told what of an account. */
async function toldOf(id: string, kind: string): Promise<string[]> {
  const told = await prisma.notification.findMany({ where: { accountId: id, kind }, orderBy: { at: 'asc' } });
  return told.map(({ personId }) => personId);
}

/** Waits until the account's clock has been looked at and stands where it must. */
const clockOf = (id: string, day: string) =>
  company.until(`clock of ${day}`, async () => (await row(id)).clockAt?.getTime() === endOfDay(day));

/** Lets time pass until the end of a day, and waits for what was told by then. */
async function passDay(id: string, day: string, notice: string): Promise<void> {
  await company.passTo(new Date(endOfDay(day)));
  await company.until(notice, async () => (await noticesOf(id)).includes(notice));
}

async function save(name: string, id: string): Promise<void> {
  await saveHistory(name, `account:${id}`, { moves: [], kinds: [] }, await handleOf(id).fetchHistory());
}

test('a year of an account: reminded, escalated, visited, gone on with in new runs, and terminated with what is open', async () => {
  const id = await accountOf(deps);
  const day = localDay((await row(id)).establishedOn.getTime());
  await clockOf(id, addDays(day, 30));
  const first = (await handleOf(id).describe()).runId;

  await passDay(id, addDays(day, 30), 'visit half');
  await passDay(id, addDays(day, 45), 'report half');
  await save('account-reminded', id);
  await passDay(id, addDays(day, 59), 'visit dayBefore');
  expect(await toldOf(id, 'visitDue')).toEqual(['central-manager', 'central-manager']);
  await passDay(id, addDays(day, 60), 'visit head');
  expect((await toldOf(id, 'visitOverdue')).sort()).toEqual(['central-head', 'central-manager']);
  await company.until('a new run', async () => (await handleOf(id).describe()).runId !== first);
  const continued = await client.workflow.getHandle(`account:${id}`, first).fetchHistory();
  await saveHistory('account-continued', `account:${id}`, { moves: [], kinds: [] }, continued);

  // A visit sets the clock back; what was told of the one before is not told again.
  const visited = addDays(day, 62);
  await company.passTo(new Date(endOfDay(visited) - 3_600_000));
  await logVisit(deps, { personId: 'central-manager', accountId: id, visitedOn: visited, form });
  await passDay(id, addDays(day, 90), 'report head');
  await passDay(id, addDays(visited, 60), 'visit head');
  await passDay(id, addDays(visited, 90), 'visit office');
  expect(await toldOf(id, 'visitOverdue')).toEqual(expect.arrayContaining(['office-clerk-1']));
  expect(await toldOf(id, 'visitOverdue')).not.toContain('vice-director-1');
  await save('account-escalated', id);
  const beforehand = (await noticesOf(id)).length;
  await company.passTo(new Date(endOfDay(addDays(day, 365))));
  await company.until('rest', async () => {
    const { raw } = await handleOf(id).describe();
    return !raw.pendingWorkflowTask;
  });
  expect((await noticesOf(id)).length).toBe(beforehand);

  const about = async () => {
    const { caseId } = await newCase(deps, bulletin, 'central-submitter', async (tx) => {
      await aboutAccount(tx, id);
      tx.fact({ kind: 'submitted', action: 'submit', actorId: 'central-submitter', secret: { text: '通报' } });
      tx.ring();
    });
    await company.task(caseId, 'review');
    return caseId;
  };
  const [open, other, deciding] = [await about(), await about(), await about()];
  await inCase(deps, { caseId: deciding }, (tx) => terminate(tx, id));
  expect(await handleOf(id).result()).toBe('terminated');
  for (const caseId of [open, other, deciding]) await company.state(caseId, 'lapsed');
  expect(await company.facts(open, 'accountEnded')).toMatchObject([{ codes: { accountId: id } }]);
  expect(await row(id)).toMatchObject({
    state: 'terminated',
    onList: false,
    clockAt: null,
    closedAt: expect.any(Date),
  });
  expect(await prisma.holding.count({ where: { accountId: id, validTo: null } })).toBe(0);
  expect((await toldOf(id, 'accountTerminated')).sort()).toEqual(['central-head', 'central-manager']);
  await expect(inCase(deps, { caseId: deciding }, (tx) => terminate(tx, id))).rejects.toMatchObject({
    code: 'accountTerminated',
  });
  await save('account-terminated', id);
});

test('what the company manages goes further, to a vice director; nobody managing it is told to the head at once', async () => {
  const id = await accountOf(deps, { managedBy: 'company', managerId: null });
  const day = localDay((await row(id)).establishedOn.getTime());
  await company.until('the vacancy', async () => (await noticesOf(id)).includes('vacancy head'));
  expect(await toldOf(id, 'accountVacant')).toEqual(['central-head']);
  await passDay(id, addDays(day, 7), 'vacancy office');
  await passDay(id, addDays(day, 14), 'vacancy viceDirector');
  expect(await toldOf(id, 'accountVacant')).toEqual(expect.arrayContaining(['vice-director-1', 'vice-director-2']));
  await passDay(id, addDays(day, 15), 'visit half');
  expect(await toldOf(id, 'visitDue')).toEqual(['central-head']);
});

test('a marketing task is told to its owner and manager before it is due and to the head after, each of two on one day', async () => {
  const id = await accountOf(deps);
  const day = localDay((await row(id)).establishedOn.getTime());
  const dueOn = addDays(day, 10);
  const given = { byId: 'central-manager', accountId: id, ownerId: 'central-manager', dueOn };
  const [late, done] = [
    await setMarketingTask(deps, { ...given, what: '拜访分管领导' }),
    await setMarketingTask(deps, { ...given, what: '报送资质' }),
  ];
  await clockOf(id, addDays(dueOn, -1));
  await company.passTo(new Date(endOfDay(addDays(dueOn, -1))));
  await company.until('both reminders', async () => (await noticesOf(id)).length === 2);
  expect(await toldOf(id, 'marketingTaskDue')).toEqual(['central-manager', 'central-manager']);
  await closeMarketingTask(deps, { byId: 'central-manager', id: done.id, state: 'done', answer: '已报送' });
  await passDay(id, dueOn, 'marketingTask head');
  expect((await toldOf(id, 'marketingTaskOverdue')).sort()).toEqual(['central-head', 'central-manager']);
  const told = await prisma.accountNotice.findMany({ where: { accountId: id, level: 'head' } });
  expect(told.map(({ subject }) => subject)).toEqual([late.id]);
  // Told once: a doorbell and further days tell no more of it.
  await closeMarketingTask(deps, { byId: 'central-manager', id: late.id, state: 'dropped', answer: '改由他人办理' });
  await clockOf(id, addDays(day, 30));
  expect(await noticesOf(id)).toHaveLength(3);
});

test('a doorbell that changes nothing tells nothing twice', async () => {
  const id = await accountOf(deps, { managerId: null });
  await company.until('the vacancy', async () => (await noticesOf(id)).length === 1);
  const signals = Array.from({ length: 5 }, () => handleOf(id).signal('decided', { seq: 0 }));
  await Promise.all(signals);
  await handleOf(id).signal('decide', randomUUID());
  await company.until('quiet', async () => !(await handleOf(id).describe()).raw.pendingWorkflowTask);
  expect(await toldOf(id, 'accountVacant')).toHaveLength(1);
});
