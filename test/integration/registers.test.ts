import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, localDay } from '../../domain/calendar.ts';
import { startApi } from '../support/api.ts';
import { branchLevel, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;

const names = ['丙示例置业有限公司', '甲示例城建集团有限公司', '乙示例能源有限公司'];

beforeAll(async () => {
  for (const name of names) {
    const caseId = await company.submitted((form) => {
      branchLevel(form);
      form.client.name = name;
      form.client.formerNames = [`${name}旧称`];
    });
    await company.carryTo(caseId, 'established');
  }
});

const search = (as: string, body: object) => api.post('/accounts/search', { as, body });
const clientsOf = (body: { items: readonly { client: { name: string } }[] }) =>
  body.items.map((item) => item.client.name);

describe('the register of key accounts', () => {
  test.each(['name', 'archiveNo', 'establishedOn'] as const)(
    'by %s comes whole, page by page, either way',
    async (sort) => {
      const whole = clientsOf((await search('office-clerk-1', { sort })).body);
      expect([...whole].sort()).toEqual([...names].sort());
      if (sort === 'name') expect(whole).toEqual([...names].sort());
      for (const descending of [false, true]) {
        const found: string[] = [];
        let cursor: string | null = null;
        do {
          const { body } = await search('office-clerk-1', {
            sort,
            descending,
            limit: 1,
            ...(cursor ? { cursor } : {}),
          });
          found.push(...clientsOf(body));
          cursor = body.nextCursor;
        } while (cursor !== null);
        expect(found).toEqual(descending ? [...whole].reverse() : whole);
      }
    },
  );

  // Article 9: names and former names of the archive.
  test('is searched by any name a client has or had, and by grade, holder and manager', async () => {
    expect(clientsOf((await search('director', { text: ' 甲示例 城建' })).body)).toEqual([names[1]]);
    expect(clientsOf((await search('director', { text: '乙示例能源有限公司旧称' })).body)).toEqual([names[2]]);
    expect((await search('director', { managerId: 'central-manager', grade: 'branch' })).body.items).toHaveLength(3);
    expect((await search('director', { unitId: 'east' })).body.items).toEqual([]);
    expect((await search('director', { state: 'asleep' })).body.code).toBe('invalid');
    expect((await search('director', { cursor: 'WyJ4IiwieCJd', sort: 'establishedOn' })).body.field).toBe('cursor');
  });

  // Article 8: only what is on the published list is everybody’s.
  test('shows a foreign unit nothing that is not on the list', async () => {
    expect((await search('east-submitter', {})).body.items).toEqual([]);
    expect((await search('central-submitter', {})).body.items).toHaveLength(3);
  });

  test('is exported as it is shown, in the reader’s language, and on record', async () => {
    const { status, headers, body } = await api.post('/accounts/export', {
      as: 'office-clerk-1',
      body: { sort: 'name' },
      headers: { 'Accept-Language': 'zh' },
    });
    expect([status, headers.get('Content-Type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = String(body).trim().split('\r\n');
    expect(lines[0]).toContain('单位名称');
    expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual([...names].sort().map((name) => `"${name}"`));
    expect(
      String((await api.post('/accounts/export', { as: 'east-submitter', body: {} })).body)
        .trim()
        .split('\n'),
    ).toHaveLength(1);
    const workbook = await api.post('/accounts/export', { as: 'office-clerk-1', body: { format: 'xlsx' } });
    expect(workbook.headers.get('Content-Type')).toContain('spreadsheetml');
    expect(workbook.headers.get('Content-Disposition')).toContain('accounts.xlsx');
    const entries = await prisma.auditEntry.findMany({
      where: { act: 'accounts.exported', actorId: 'office-clerk-1' },
      orderBy: { seq: 'asc' },
    });
    expect(entries.map(({ codes }) => codes)).toMatchObject([
      { count: 3, format: 'csv' },
      { count: 3, format: 'xlsx' },
    ]);
  });

  test('tells with one account its cases, those the reader may see', async () => {
    const [account] = (await search('central-head', {})).body.items;
    const own = (await api.get(`/accounts/${account.id}`, { as: 'central-head' })).body;
    expect(own.cases).toMatchObject([{ id: own.decisionCaseId, stateKey: 'rec.established' }]);
    const managers = (await api.get(`/accounts/${account.id}`, { as: 'central-manager' })).body;
    expect(managers.cases).toEqual([]);
  });
});

describe('the register of clients', () => {
  const clientId = async () => (await prisma.client.findFirstOrThrow({ where: { name: names[1] ?? '' } })).id;

  test('finds near names, and lists without a text whom one knows', async () => {
    const find = async (as: string, text?: string) =>
      (await api.post('/clients/search', { as, body: text === undefined ? {} : { text } })).body.items;
    expect((await find('office-clerk-1', '甲示例城建')).map(({ name }: { name: string }) => name)).toEqual([names[1]]);
    expect(await find('office-clerk-1')).toHaveLength(3);
    expect(await find('central-manager')).toHaveLength(3);
    expect(await find('east-submitter')).toEqual([]);
    expect((await find('office-clerk-1'))[0]).toMatchObject({ accountState: 'active' });
  });

  // Articles 9 and 11: the archive, and who read it why.
  test('opens contacts and key persons to whoever works with them, and keeps who read them and why', async () => {
    const path = `/clients/${await clientId()}/archive`;
    const read = (as: string, purpose = 'visit') => api.post(path, { as, body: { purpose } });
    for (const as of ['office-clerk-1', 'data-clerk', 'central-submitter', 'central-manager', 'director'])
      expect((await read(as)).body.client.contact.phone, as).toBeTruthy();
    for (const as of ['east-submitter', 'central-manager-2', 'finance-expert', 'system-admin', 'auditor'])
      expect((await read(as)).body.code, as).toBe('forbidden');
    expect((await read('office-clerk-1', 'curiosity')).body.field).toBe('purpose');
    const entries = await prisma.auditEntry.findMany({ where: { act: 'archive.read', actorId: 'central-manager' } });
    expect(entries.map(({ codes }) => codes)).toEqual([{ clientId: await clientId(), purpose: 'visit' }]);
  });
});

test('an import tells beforehand which open deadlines it moves: later, and never earlier', async () => {
  const caseId = await company.submitted();
  await company.task(caseId, 'endorse');
  const today = localDay(Date.now());
  const year = today.slice(0, 4);
  const { years } = (await api.get('/calendars', { as: 'office-clerk-1' })).body.items[0];
  const off = Array.from({ length: 20 }, (_, index) => addDays(today, index)).filter((day) => day.startsWith(year));
  const effects = (days: readonly string[], as = 'office-clerk-1') =>
    api.post('/calendars/effects', { as, body: { years: { [year]: { off: days, work: [] } } } });
  const { body } = await effects(off);
  expect(body.later).toBeGreaterThan(0);
  expect(Date.parse(body.tasks[0].becomes)).toBeGreaterThan(Date.parse(body.tasks[0].dueAt));
  expect((await effects(years[year]?.off ?? [])).body.later).toBe(0);
  expect((await effects([], 'central-head')).body.code).toBe('forbidden');
  expect((await effects(['1999-01-01'])).body.code).toBe('invalid');
});
