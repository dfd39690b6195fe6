import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DeskView } from '../../api/contract/desk.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const { prisma } = company.deps;
const api = await startApi(company);
const today = localDay(Date.now());
const date = (day: string) => new Date(`${day}T00:00:00Z`);

type Given = {
  readonly unitId?: string;
  readonly managerId?: string | null;
  readonly managedBy?: 'company' | 'branch';
  /** How many days ago it was established, and last visited. */
  readonly established?: number;
  readonly visited?: number;
  readonly plannedIn?: number;
  readonly taskIn?: number;
};

async function account(name: string, given: Given): Promise<string> {
  const { unitId = 'central', managerId = 'central-manager', managedBy = 'branch', established = 1 } = given;
  const id = randomUUID();
  const since = date(addDays(today, -established));
  await prisma.client.create({ data: { id, name, nameKey: id, nearKey: id } });
  const rest = { grade: 'branch', managedBy, state: managerId ? 'active' : 'vacant', decisionCaseId: id };
  await prisma.account.create({ data: { id, clientId: id, archiveNo: id, ...rest, establishedOn: since } });
  const holding = { id, accountId: id, clientId: id, unitId, managerId, kind: 'lead' };
  await prisma.holding.create({ data: { ...holding, validFrom: since, decisionCaseId: id } });
  const visit = { accountId: id, holdingId: id, byId: 'central-manager', enteredAt: new Date() };
  if (given.visited !== undefined)
    await prisma.visit.create({
      data: {
        ...visit,
        id: randomUUID(),
        state: 'done',
        secret: Buffer.of(1),
        visitedOn: date(addDays(today, -given.visited)),
      },
    });
  if (given.plannedIn !== undefined)
    await prisma.visit.create({
      data: { ...visit, id: randomUUID(), state: 'planned', plannedOn: date(addDays(today, given.plannedIn)) },
    });
  if (given.taskIn !== undefined)
    await prisma.marketingTask.create({
      data: {
        id: randomUUID(),
        accountId: id,
        ownerId: managerId ?? 'central-head',
        dueOn: date(addDays(today, given.taskIn)),
        state: 'open',
        secret: Buffer.of(1),
        setBy: 'central-head',
      },
    });
  return id;
}

const late = await account('逾期示例', { established: 70 });
const soon = await account('将到示例', { established: 80, visited: 57, plannedIn: 2, taskIn: -3 });
const fresh = await account('正常示例', { established: 3 });
const vacant = await account('空缺示例', { managerId: null });
const east = await account('东部示例', { unitId: 'east', managerId: 'east-manager', established: 100 });
const whole = await account('公司示例', {
  unitId: 'east',
  managerId: 'east-manager',
  managedBy: 'company',
  visited: 40,
  established: 80,
});

/** A risk warning about an account, with a plan that has a measure of each of these states, the day of each three days ago. */
async function warned(
  accountId: string,
  severity: string,
  states: readonly string[] = [],
  closedAt: Date | null = null,
) {
  const id = randomUUID();
  const at = new Date();
  await prisma.case.create({
    data: {
      ...{
        id,
        number: id,
        process: 'suggestion',
        state: 'carryingOut',
        title: '',
        unitId: 'central',
        policyVersion: 1,
      },
      ...{ submitterId: 'central-manager', openedAt: at, stateSince: at, closedAt },
    },
  });
  await prisma.suggestion.create({ data: { caseId: id, accountId, kind: 'riskWarning', severity } });
  const plan = { id, accountId, caseId: id, state: 'underway', openedAt: at, secret: Buffer.of(1) };
  const dueOn = date(addDays(today, -3));
  const measures = states.map((state, ord) => ({
    ...{ id: randomUUID(), ord, state, dueOn, firstDueOn: dueOn, ownerId: 'central-manager', secret: Buffer.of(1) },
  }));
  await prisma.plan.create({ data: { ...plan, measures: { create: measures } } });
}

await warned(soon, 'low', ['open', 'silent', 'reported', 'done']);
await warned(soon, 'low');
await warned(late, 'high', ['dropped', 'waiting']);
await warned(fresh, 'high', [], new Date());

/** The east's account, and the central one of the same unit's second manager. */
for (const [accountId, unitId, managerId] of [
  [east, 'central', 'central-manager-2'],
  [late, 'central', 'central-manager-2'],
] as const)
  await prisma.holding.create({
    data: {
      ...{ id: randomUUID(), accountId, clientId: accountId, unitId, managerId, kind: 'co', validFrom: new Date() },
      decisionCaseId: accountId,
    },
  });

const total = (accountId: string, kind: string, yuan: number, source = 'projects', year = 0) =>
  prisma.contractTotal.create({ data: { accountId, kind, source, year, amountFen: BigInt(yuan) * 100n } });
const thisYear = Number(today.slice(0, 4));
await total(late, 'expected', 3_000_000);
await total(late, 'cumulative', 2_000_000);
await total(late, 'cumulative', 2_500_000, 'contractDepartment');
await total(late, 'yearly', 500_000, 'projects', thisYear);
await total(late, 'yearly', 900_000, 'projects', thisYear - 1);
await total(whole, 'expected', 7_000_000);

const desk = async (as: string, scope: string): Promise<DeskView> => (await api.get(`/desks/${scope}`, { as })).body;
const idsOf = (view: DeskView) => view.accounts.map(({ id }) => id);
const of = (view: DeskView, id: string) =>
  view.items.filter((item) => item.account?.id === id).map(({ kind, standing }) => [kind, standing]);

describe('the manager’s desk', () => {
  test('has what is due over all his accounts within seven days, and nothing of others', async () => {
    const mine = await desk('central-manager', 'mine');
    expect(idsOf(mine)).toEqual([late, soon, fresh]);
    expect(mine.accounts.map(({ health }) => health)).toEqual(['trouble', 'attention', 'good']);
    expect(of(mine, late)).toContainEqual(['visitDue', 'overdue']);
    expect(of(mine, soon)).toEqual([
      ['marketingTask', 'overdue'],
      ['measure', 'overdue'],
      ['measure', 'overdue'],
      ['visitPlanned', 'soon'],
      ['visitDue', 'soon'],
    ]);
    expect(of(mine, fresh)).toEqual([]);
    expect(mine.accounts[1]).toMatchObject({
      visitDueOn: addDays(today, 3),
      visitDays: 60,
      signs: ['workOverdue', 'warning', 'visitSoon'],
    });
  });

  test('counts the warnings that are open, and what is late of their plans', async () => {
    const { accounts } = await desk('central-manager', 'mine');
    const signs = Object.fromEntries(accounts.map((each) => [each.id, [each.warnings, ...each.signs]]));
    expect(signs[late]).toEqual([1, 'visitOverdue', 'severeWarning']);
    expect(signs[soon]).toEqual([2, 'workOverdue', 'warning', 'visitSoon']);
    expect(signs[fresh]).toEqual([0]);
  });

  test('shows an account one holds with others as such, and who leads it', async () => {
    const { accounts } = await desk('central-manager-2', 'mine');
    expect(
      accounts.map(({ id, heldAs, unit, manager, lead }) => [id, heldAs, unit?.id, manager?.id, lead?.id]),
    ).toEqual(
      expect.arrayContaining([
        [east, 'co', 'central', 'central-manager-2', 'east'],
        [late, 'co', 'central', 'central-manager-2', 'central'],
      ]),
    );
    const own = (await desk('central-manager', 'mine')).accounts.find(({ id }) => id === late);
    expect(own).toMatchObject({ heldAs: 'lead', manager: { id: 'central-manager' }, lead: null });
  });

  test('is empty for who manages nothing', async () => {
    const none = await desk('south-manager', 'mine');
    expect([none.accounts, none.groups]).toEqual([[], []]);
  });

  test('has the tasks that wait for him, by their last day', async () => {
    const caseId = await company.submitted();
    const { id } = await company.task(caseId, 'endorse');
    const head = await desk('central-head', 'mine');
    expect(head.items).toContainEqual(
      expect.objectContaining({ kind: 'task', id, task: expect.objectContaining({ caseId, kind: 'endorse' }) }),
    );
  });
});

describe('the unit’s desk', () => {
  test('shows its head how each manager’s accounts stand, the vacant one first in trouble', async () => {
    const unit = await desk('central-head', 'unit');
    expect(new Set(idsOf(unit))).toEqual(new Set([late, soon, fresh, vacant, east]));
    expect(of(unit, vacant)).toContainEqual(['vacancy', 'soon']);
    const byManager = Object.fromEntries(unit.groups.map((group) => [group.manager?.id ?? '', group]));
    expect(byManager['central-manager']).toMatchObject({
      accounts: 3,
      trouble: 1,
      attention: 1,
      good: 1,
      visitsOverdue: 1,
      warnings: 3,
    });
    expect(byManager['central-manager-2']).toMatchObject({ accounts: 2, warnings: 1 });
    expect(byManager['east-manager']).toBeUndefined();
    expect(byManager['']).toMatchObject({ accounts: 1, vacant: 1 });
  });

  test('pictures each account’s contract totals, kept apart, by the source that counts (Article 12)', async () => {
    const unit = await desk('central-head', 'unit');
    expect(unit.totals).toHaveLength(5);
    expect(unit.totals[0]).toMatchObject({
      account: { id: late },
      expectedYuan: '3000000.00',
      cumulativeYuan: '2500000.00',
      yearYuan: '500000.00',
    });
    expect((await desk('central-manager', 'mine')).totals).toEqual([]);
  });

  test('is for its head and his deputy alone', async () => {
    for (const as of ['central-manager', 'central-submitter', 'director', 'office-clerk-1'])
      expect((await api.get('/desks/unit', { as })).status).toBe(403);
    expect((await api.get('/desks/unit', { as: 'central-deputy' })).status).toBe(200);
  });
});

describe('the committee’s view', () => {
  test('counts every unit’s accounts, and shows those in need of attention whose file one may read (Article 8)', async () => {
    const director = await desk('director', 'company');
    expect(new Set(idsOf(director))).toEqual(new Set([late, soon, vacant, east, whole]));
    const byUnit = Object.fromEntries(director.groups.map((group) => [group.unit?.id ?? '', group.accounts]));
    expect(byUnit).toMatchObject({ central: 4, east: 2 });
    const member = await desk('south-head', 'company');
    expect(idsOf(member)).toEqual([whole]);
    expect(member.groups).toEqual(director.groups);
    expect(director.totals).toMatchObject([
      { account: null, grade: 'branch', accounts: 6, expectedYuan: '10000000.00' },
    ]);
    expect(member.totals).toMatchObject([{ grade: 'branch', accounts: 1, expectedYuan: '7000000.00' }]);
    expect(member.items.every(({ account }) => account === null || account.id === whole)).toBe(true);
  });

  test('is for who oversees the company', async () => {
    for (const as of ['central-manager', 'central-submitter', 'system-admin'])
      expect((await api.get('/desks/company', { as })).status).toBe(403);
    for (const as of ['office-clerk-1', 'auditor']) expect((await api.get('/desks/company', { as })).status).toBe(200);
  });
});
