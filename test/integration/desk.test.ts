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
      ['visitPlanned', 'soon'],
      ['visitDue', 'soon'],
    ]);
    expect(of(mine, fresh)).toEqual([]);
    expect(mine.accounts[1]).toMatchObject({
      visitDueOn: addDays(today, 3),
      visitDays: 60,
      signs: ['workOverdue', 'visitSoon'],
    });
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
    expect(new Set(idsOf(unit))).toEqual(new Set([late, soon, fresh, vacant]));
    expect(of(unit, vacant)).toContainEqual(['vacancy', 'soon']);
    const byManager = Object.fromEntries(unit.groups.map((group) => [group.manager?.id ?? '', group]));
    expect(byManager['central-manager']).toMatchObject({
      accounts: 3,
      trouble: 1,
      attention: 1,
      good: 1,
      visitsOverdue: 1,
    });
    expect(byManager['']).toMatchObject({ accounts: 1, vacant: 1 });
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
    expect(member.items.every(({ account }) => account === null || account.id === whole)).toBe(true);
  });

  test('is for who oversees the company', async () => {
    for (const as of ['central-manager', 'central-submitter', 'system-admin'])
      expect((await api.get('/desks/company', { as })).status).toBe(403);
    for (const as of ['office-clerk-1', 'auditor']) expect((await api.get('/desks/company', { as })).status).toBe(200);
  });
});
