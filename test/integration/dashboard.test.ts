import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { durationFigures } from '../../api/views/dashboard/durationFigures.ts';
import { withdraw } from '../../cases/ending.ts';
import { submit } from '../../cases/submission.ts';
import { localDay } from '../../domain/calendar.ts';
import { yuanFromFen } from '../../domain/money.ts';
import { type Territory, unitFor } from '../../domain/region.ts';
import { recommendation as contract } from '../../workflows/contracts/recommendation.ts';
import { startApi } from '../support/api.ts';
import { branchLevel, type exampleForm, startCompany } from '../support/company.ts';

type Form = ReturnType<typeof exampleForm>;

const company = await startCompany();
const api = await startApi(company);
const { deps } = company;
const { prisma, pool } = deps;
const PATHS = ['cases', 'durations', 'waiting', 'accounts'];
const figures = async (as: string, path: string) => (await api.get(`/dashboard/${path}`, { as })).body;

/** The branch’s own client whose one project lies at a place; nobody’s territory where it is far away. */
const at =
  (regionCode: string) =>
  (form: Form): void => {
    branchLevel(form);
    for (const project of form.projects) project.regionCode = regionCode;
  };

async function submittedBy(personId: string, change: (form: Form) => void = () => {}): Promise<string> {
  const caseId = await company.draft(change, personId);
  const outsideTerritoryReason = '客户总部在外地';
  await submit(deps, { personId, caseId, key: randomUUID(), outsideTerritoryReason });
  return caseId;
}

describe('on an empty system', () => {
  test.each(PATHS)('%s has figures of nothing', async (path) => {
    const { status, body } = await api.get(`/dashboard/${path}`, { as: 'director' });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/NaN|Infinity/);
    if (path === 'cases') expect(body.cells).toEqual([]);
    if (path === 'waiting') expect(body.items).toEqual([]);
    if (path === 'accounts') expect(body.total).toEqual({ accounts: 0, expectedYuan: '0.00' });
  });
});

describe('with cases in many places', () => {
  beforeAll(async () => {
    await company.draft();
    const withdrawnDraft = await company.draft();
    await withdraw(deps, {
      personId: 'central-submitter',
      caseId: withdrawnDraft,
      reason: '不再推荐',
      key: randomUUID(),
    });
    await company.state(withdrawnDraft, 'withdrawn');
    await company.submitted();
    for (const state of ['screening', 'evaluating', 'approving', 'nominating'])
      await company.carryTo(await company.submitted(), state);
    await company.carryTo(await company.submitted(branchLevel), 'confirming');
    await company.carryTo(await company.submitted(), 'established');
    await company.carryTo(await company.submitted(at('540000')), 'established');
    const withdrawn = await company.submitted();
    await company.carryTo(withdrawn, 'evaluating');
    await withdraw(deps, {
      personId: 'central-submitter',
      caseId: withdrawn,
      reason: '客户撤回意向',
      key: randomUUID(),
    });
    await company.state(withdrawn, 'withdrawn');
    await company.draft(undefined, 'east-submitter');
    for (let count = 0; count < 2; count += 1) {
      const caseId = await submittedBy('east-submitter');
      await company.task(caseId, 'endorse');
      await company.asleep(caseId);
    }
    // One wait was escalated, one is beyond its time.
    const [first, second] = await prisma.task.findMany({
      where: { kind: 'endorse', status: 'open', case: { unitId: 'east' } },
    });
    await prisma.task.update({ where: { id: first?.id ?? '' }, data: { level: 1 } });
    await prisma.task.update({ where: { id: second?.id ?? '' }, data: { dueAt: new Date(Date.now() - 86_400_000) } });
  }, 180_000);

  /** The cases that may be counted for a unit (null: for the company), in plain words. */
  async function counted(unitIds: readonly string[], all: boolean) {
    const cases = await prisma.case.findMany({ include: { tasks: true, facts: { orderBy: { seq: 'asc' } } } });
    return cases.filter((row) => {
      if (unitIds.includes(row.unitId)) return true;
      return all && row.state !== 'draft' && (row.closedAt === null || row.tasks.length > 0);
    });
  }
  type Counted = Awaited<ReturnType<typeof counted>>[number];
  const holds = ({ kind, blocking }: { kind: string; blocking: boolean }) =>
    blocking || ['vote', 'coapprove'].includes(kind);
  const isOverdue = (task: { level: number; dueAt: Date | null }) =>
    task.level > 0 || (task.dueAt !== null && task.dueAt.getTime() <= Date.now());
  const tally = <Row>(rows: readonly Row[], key: (row: Row) => string) =>
    Object.fromEntries([...Map.groupBy(rows, key)].map(([name, group]) => [name, group.length]));

  const readers: readonly [string, readonly string[], boolean][] = [
    ['director', [], true],
    ['office-clerk-1', ['office'], true],
    ['data-clerk', ['office'], true],
    ['central-head', ['central'], true],
    ['auditor', [], true],
    ['central-submitter', ['central'], false],
    ['east-submitter', ['east'], false],
    ['legal-head', ['legal'], false],
    ['central-manager', [], false],
  ];

  test.each(readers)('%s counts cases by unit and state as a loop over them does', async (as, unitIds, all) => {
    const rows = await counted(unitIds, all);
    const { cells } = await figures(as, 'cases');
    const told = Object.fromEntries(
      cells.map((cell: { unitId: string; state: string; cases: number }) => [
        `${cell.unitId} ${cell.state}`,
        cell.cases,
      ]),
    );
    expect(told).toEqual(tally(rows, (row) => `${row.unitId} ${row.state}`));
    const late = rows.filter(({ tasks }) => tasks.some((task) => task.status === 'open' && isOverdue(task)));
    const overdue = cells.reduce((sum: number, cell: { overdue: number }) => sum + cell.overdue, 0);
    expect(overdue).toBe(late.length);
  });

  const unitOf = async (personId: string) =>
    (await prisma.person.findUniqueOrThrow({ where: { id: personId } })).unitId;
  async function holderOf(task: Counted['tasks'][number]): Promise<string> {
    const [key = ''] = task.candidates;
    if (task.ballotId) return 'committee';
    if (task.assigneeId) return unitOf(task.assigneeId);
    if (key.startsWith('person:')) return unitOf(key.slice('person:'.length));
    return key.split('@')[1] || 'office';
  }

  test.each(readers)('%s sees who waits for whom as a loop over the open tasks does', async (as, unitIds, all) => {
    const waits = new Map<string, { cases: Set<string>; oldest: number }>();
    for (const row of await counted(unitIds, all)) {
      if (row.state === 'draft' || row.closedAt) continue;
      for (const task of row.tasks.filter((each) => each.status === 'open' && holds(each))) {
        const key = `${row.unitId} → ${await holderOf(task)}`;
        const wait = waits.get(key) ?? { cases: new Set(), oldest: Number.POSITIVE_INFINITY };
        waits.set(key, wait);
        wait.cases.add(row.id);
        wait.oldest = Math.min(wait.oldest, task.openedAt.getTime());
      }
    }
    const { items, units } = await figures(as, 'waiting');
    for (const { unit, cases } of units) {
      const own = [...waits].filter(([key]) => key.startsWith(`${unit.id} →`)).flatMap(([, wait]) => [...wait.cases]);
      expect(cases, unit.id).toBe(new Set(own).size);
    }
    const told = items.map((item: { unit: { id: string }; holder: { id: string }; cases: number; oldest: string }) => [
      `${item.unit.id} → ${item.holder.id}`,
      item.cases,
      Date.parse(item.oldest),
    ]);
    const wanted = [...waits].map(([key, { cases, oldest }]) => [key, cases.size, oldest]);
    expect(told.sort()).toEqual(wanted.sort());
  });

  test.each(readers)('%s sees how long cases stayed as a loop over their facts does', async (as, unitIds, all) => {
    const specs: Record<string, { state: string }> = contract.steps;
    const stays: { state: string; ms: number | null; late: boolean }[] = [];
    for (const row of await counted(unitIds, all)) {
      for (const step of await prisma.step.findMany({ where: { caseId: row.id } })) {
        const state = specs[step.name]?.state ?? '';
        const cutOff = step.outcome === null ? row.closedAt !== null : ['ended', 'unavailable'].includes(step.outcome);
        if (state === 'draft' || cutOff) continue;
        const end = row.facts.find(({ seq }) => seq === step.closedSeq)?.at ?? null;
        const tasks = row.tasks.filter((task) => task.step === step.name && task.round === step.round && holds(task));
        const late = tasks.some((task) => !task.ballotId && isOverdue(task));
        stays.push({ state, ms: end ? end.getTime() - step.openedAt.getTime() : null, late });
      }
    }
    const { items } = await figures(as, 'durations');
    for (const item of items) {
      const own = stays.filter(({ state }) => state === item.state);
      const ended = own.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b);
      const going = own.filter(({ ms }) => ms === null);
      expect({ ended: item.ended, going: item.going, goingLate: item.goingLate }, item.state).toEqual({
        ended: ended.length,
        going: going.length,
        goingLate: going.filter(({ late }) => late).length,
      });
      expect(item.onTime.reduce((sum: number, count: number) => sum + count, item.late)).toBe(ended.length);
      const middle = (ended.length - 1) / 2;
      const median = ((ended[Math.floor(middle)] ?? 0) + (ended[Math.ceil(middle)] ?? 0)) / 2 / 86_400_000;
      if (ended.length === 0) expect(item.medianDays).toBeNull();
      else expect(item.medianDays).toBeCloseTo(median, 6);
    }
  });

  test('of very many stays those that go on and the latest are looked at, and from when is said', async () => {
    const outlook = { scope: 'company', unitIds: [], managerId: null } as const;
    const all = await durationFigures(api.deps, outlook, 365);
    const few = await durationFigures(api.deps, outlook, 365, 1);
    expect(few.items.map((stay) => stay.going)).toEqual(all.items.map((stay) => stay.going));
    expect(few.items.reduce((sum, { ended }) => sum + ended, 0)).toBe(1);
    const last = await prisma.step.findFirstOrThrow({
      where: { closedSeq: { not: null }, name: { not: 'draft' }, outcome: { notIn: ['ended', 'unavailable'] } },
      orderBy: { openedAt: 'desc' },
    });
    expect(few.since).toBe(last.openedAt.toISOString());
  });

  // Article 4.4: information for the leaders’ decisions.
  test('accounts and what was expected of them add up, by unit, by province and beside the map', async () => {
    const accounts = await prisma.account.findMany({ include: { holdings: true, regions: true } });
    const territories = (await prisma.territory.findMany()).map(
      (row): Territory => ({ unitId: row.unitId, regionCode: row.prefix, from: '2000-01-01', until: null }),
    );
    const sum = (fens: readonly bigint[]) => yuanFromFen(fens.reduce((all, fen) => all + fen, 0n));
    const body = await figures('office-clerk-1', 'accounts');
    const regions = accounts.flatMap((account) => account.regions);
    expect(body.total).toEqual({ accounts: 2, expectedYuan: sum(regions.map(({ expectedFen }) => expectedFen)) });
    expect(body.units.find(({ unit }: { unit: { id: string } }) => unit.id === 'central')).toMatchObject({
      ...body.total,
      hasTerritory: true,
    });
    for (const province of body.provinces) {
      const inside = regions.filter(({ regionCode }) => regionCode.startsWith(province.code.slice(0, 2)));
      expect(province, province.code).toMatchObject({
        accounts: new Set(inside.map(({ accountId }) => accountId)).size,
        expectedYuan: sum(inside.map(({ expectedFen }) => expectedFen)),
      });
    }
    const today = localDay(Date.now());
    const outside = regions.filter(({ regionCode }) => unitFor(regionCode, territories, today).unitIds.length === 0);
    expect(outside.some(({ regionCode }) => regionCode === '540000')).toBe(true);
    expect(body.elsewhere).toEqual({
      accounts: new Set(outside.map(({ accountId }) => accountId)).size,
      expectedYuan: sum(outside.map(({ expectedFen }) => expectedFen)),
    });
    expect(body.unplaced).toEqual({ accounts: 0, expectedYuan: '0.00' });
  });

  describe('nobody is told more than he may know', () => {
    test('a unit’s officers see their own unit in every figure, and no other', async () => {
      for (const path of ['cases', 'waiting']) {
        const body = await figures('east-submitter', path);
        expect(body.scope).toBe('unit');
        const units = [...(body.cells ?? []).map((cell: { unitId: string }) => cell.unitId)];
        units.push(...(body.items ?? []).map((item: { unit: { id: string } }) => item.unit.id));
        expect(new Set(units)).toEqual(new Set(['east']));
      }
      const { total, units } = await figures('east-submitter', 'accounts');
      expect(total).toEqual({ accounts: 0, expectedYuan: '0.00' });
      expect(units.map(({ unit }: { unit: { id: string } }) => unit.id)).toEqual(['east']);
    });

    test.each(['auditor', 'system-admin', 'security-admin'])('%s counts, and sees no amount', async (as) => {
      const body = await figures(as, 'accounts');
      expect(body.scope).toBe('oversight');
      expect(body.total.accounts).toBe(2);
      expect(JSON.stringify(body)).not.toMatch(/\d\.\d\d"/);
      expect((await figures(as, 'cases')).cells.map((cell: { state: string }) => cell.state)).not.toContain('draft');
    });

    // Articles 5 and 6.1: the manager’s own accounts.
    test('an account manager sees his own accounts with their amounts, and no case', async () => {
      const [whole, own] = await Promise.all(['director', 'central-manager'].map((as) => figures(as, 'accounts')));
      expect(own.scope).toBe('accounts');
      expect(own.total).toEqual(whole.total);
      expect((await figures('central-manager', 'cases')).cells).toEqual([]);
      expect((await api.get('/me', { as: 'central-manager' })).body.managedAccounts).toBe(own.total.accounts);
      await prisma.holding.updateMany({
        where: { managerId: 'central-manager' },
        data: { managerId: 'north-manager' },
      });
      expect((await figures('central-manager', 'accounts')).scope).toBe('none');
      expect((await figures('north-manager', 'accounts')).total).toEqual(whole.total);
      await prisma.holding.updateMany({
        where: { managerId: 'north-manager' },
        data: { managerId: 'central-manager' },
      });
    });

    test('who holds no office and manages no account has no figures at all', async () => {
      for (const path of ['cases', 'waiting', 'accounts']) {
        const body = await figures('finance-expert', path);
        expect(body.scope).toBe('none');
        expect([...(body.cells ?? []), ...(body.items ?? []), ...(body.units ?? [])]).toEqual([]);
      }
      expect((await figures('finance-expert', 'accounts')).total.accounts).toBe(0);
    });
  });

  describe('a figure leads to the list it counts', () => {
    test('by unit and state', async () => {
      const { cells } = await figures('office-clerk-1', 'cases');
      for (const { unitId, state, cases } of cells) {
        const { body } = await api.post('/cases/search', { as: 'office-clerk-1', body: { unitId, states: [state] } });
        expect(body.items.length, `${unitId} ${state}`).toBe(cases);
      }
    });

    test('by who is waited for', async () => {
      const { items } = await figures('office-clerk-1', 'waiting');
      for (const { unit, holder, cases } of items) {
        const body = { unitId: unit.id, waitsFor: holder.id };
        const found = await api.post('/cases/search', { as: 'office-clerk-1', body });
        expect(found.body.items.length, `${unit.id} → ${holder.id}`).toBe(cases);
      }
    });

    test('by unit and by province', async () => {
      const { units, provinces } = await figures('director', 'accounts');
      for (const { unit, accounts } of units) {
        const { body } = await api.get(`/accounts?unitId=${unit.id}&kind=lead`, { as: 'director' });
        expect(body.items.length).toBe(accounts);
      }
      for (const { code, accounts } of provinces) {
        const { body } = await api.get(`/accounts?regionCode=${code}`, { as: 'director' });
        expect(body.items.length, code).toBe(accounts);
      }
    });
  });

  test('a ballot counts as late when it had to be extended, not because it ran to its end', async () => {
    const before = (await figures('director', 'durations')).items.find(
      (item: { state: string }) => item.state === 'approving',
    );
    const ballot = await prisma.ballot.findFirstOrThrow({ where: { step: 'approving', outcome: 'passed' } });
    await pool.query(`UPDATE ballots SET standing = jsonb_set(standing, '{extended}', 'true') WHERE id = $1`, [
      ballot.id,
    ]);
    const after = (await figures('director', 'durations')).items.find(
      (item: { state: string }) => item.state === 'approving',
    );
    expect(after.late).toBe(before.late + 1);
    expect(after.dueDays).toEqual([5, 10]);
  });
});
