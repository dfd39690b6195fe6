import { beforeAll, describe, expect, test } from 'vitest';
import { verifyStored } from '../../cases/verification.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { type Answer, startApi } from '../support/api.ts';
import { branchLevel, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma, pool } = company.deps;
const today = localDay(Date.now());

/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let accountId = '';
let caseId = '';

beforeAll(async () => {
  caseId = await company.submitted(branchLevel);
  await company.carryTo(caseId, 'established');
  accountId = (await prisma.account.findFirstOrThrow({ where: { decisionCaseId: caseId } })).id;
});

/** Everybody who stands to the account in a way of his own; central holds it, managed by the branch, and it is on no list. */
const roles = {
  manager: 'central-manager',
  head: 'central-head',
  deputy: 'central-deputy',
  colleague: 'central-submitter',
  clerk: 'office-clerk-1',
  dataClerk: 'data-clerk',
  director: 'director',
  member: 'south-head',
  auditor: 'auditor',
  foreigner: 'east-submitter',
  administrator: 'system-admin',
} as const;
type Role = keyof typeof roles;

/** What each is answered; `ok` for every success. */
async function answers(ask: (as: string) => Promise<Answer>): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const [role, as] of Object.entries(roles)) {
    const { status, body } = await ask(as);
    told[role] = status < 300 ? 'ok' : body.code;
  }
  return told;
}

const table = (given: Partial<Record<Role, string>>, otherwise: string) =>
  Object.fromEntries(Object.keys(roles).map((role) => [role, given[role as Role] ?? otherwise]));

const UNSEEN = { foreigner: 'notFound', administrator: 'notFound' } as const;

describe('marketing tasks 营销任务 (Article 6.1, annex 4)', () => {
  const path = () => `/accounts/${accountId}/marketing-tasks`;
  const given = { what: '拜访总工，了解二期设计进度', dueOn: addDays(today, 20), ownerId: 'central-manager' };
  const set = (as: string, body: object = {}) => api.post(path(), { as, body: { ...given, ...body } });
  const listed = async (as = 'central-manager') => (await api.get(path(), { as })).body;

  test('are set by the account’s manager and the head of its unit, and by nobody else', async () => {
    expect(await answers((as) => set(as))).toEqual(
      table({ manager: 'ok', head: 'ok', deputy: 'ok', ...UNSEEN }, 'forbidden'),
    );
    const { items, maySet } = await listed();
    expect([items.length, maySet]).toEqual([3, true]);
    expect(items[0]).toMatchObject({
      what: given.what,
      state: 'open',
      isOverdue: false,
      owner: { id: 'central-manager' },
    });
  });

  test('are read by who reads the account’s file, and that is on record with the capacity', async () => {
    expect(await answers((as) => api.get(path(), { as }))).toEqual(
      table({ colleague: 'forbidden', member: 'forbidden', ...UNSEEN }, 'ok'),
    );
    await listed('office-clerk-1');
    const read = await prisma.auditEntry.findMany({ where: { act: 'marketingTasks.read' } });
    expect(read.map(({ actorId, codes }) => [actorId, (codes as { purpose: string }).purpose]).sort()).toEqual([
      ['auditor', 'auditor'],
      ['central-deputy', 'head'],
      ['central-head', 'head'],
      ['central-manager', 'manager'],
      ['data-clerk', 'office'],
      ['director', 'leader'],
      ['office-clerk-1', 'office'],
    ]);
  });

  test.each([
    ['a day that is over', { dueOn: addDays(today, -1) }, 'invalid', 'dueOn'],
    ['an owner of another unit', { ownerId: 'east-manager' }, 'unfitPerson', 'ownerId'],
    ['an owner who is nobody', { ownerId: 'nobody' }, 'unfitPerson', 'ownerId'],
    ['nothing to do', { what: ' ' }, 'invalid', 'what'],
    ['an unknown field', { state: 'done' }, 'unknownField', 'state'],
  ])('with %s are refused', async (_what, body, code, field) => {
    const { status, body: refusal } = await set('central-manager', body);
    expect([status, refusal.code, refusal.field]).toEqual([422, code, field]);
  });

  test('are fulfilled once, with a note; one whose day is over is marked until then', async () => {
    const { id } = (await set('central-head')).body;
    await prisma.marketingTask.update({ where: { id }, data: { dueOn: new Date(`${addDays(today, -3)}T00:00:00Z`) } });
    const mine = (await api.get('/me/marketing-tasks', { as: 'central-manager' })).body.items;
    expect(mine[0]).toMatchObject({ id, isOverdue: true, mayFulfil: true, mayDrop: false });
    const close = (as: string, act: string, answer = '已拜访，图纸三月出齐') =>
      api.post(`/marketing-tasks/${id}/${act}`, { as, body: { answer } });
    expect((await close('central-manager', 'fulfil', '')).body.code).toBe('invalid');
    expect((await close('central-manager', 'drop')).body.code).toBe('forbidden');
    for (const as of ['central-submitter', 'office-clerk-1', 'director'])
      expect((await close(as, 'fulfil')).body.code, as).toBe('forbidden');
    expect((await close('east-submitter', 'fulfil')).body.code).toBe('notFound');
    const both = await Promise.all([close('central-manager', 'fulfil'), close('central-head', 'fulfil')]);
    expect(both.map(({ body }) => body.code ?? 'done').sort()).toEqual(['done', 'marketingTaskClosed']);
    const { items } = await listed();
    expect(items.find((task: { id: string }) => task.id === id)).toMatchObject({
      state: 'done',
      isOverdue: false,
      answer: '已拜访，图纸三月出齐',
    });
  });

  test('keep in the database neither what is to be done nor what came of it in plain text', async () => {
    const { rows } = await pool.query('SELECT t::text AS row FROM marketing_tasks t');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toMatch(/拜访|图纸/);
  });
});

describe('return visits 定期回访 (Article 6.1)', () => {
  const path = () => `/accounts/${accountId}/visits`;
  const form = { place: '客户单位', met: ['总经理'], summary: '二期十月招标，正在编标', nextStep: '送业绩材料' };
  const log = (as: string, body: object = {}) => api.post(path(), { as, body: { visitedOn: today, form, ...body } });
  const list = async (as = 'central-manager') => (await api.get(path(), { as })).body;

  test('are due by a day that is counted from establishment, and are entered by who keeps the file', async () => {
    expect(await list()).toMatchObject({ items: [], due: { lastOn: null, dueOn: addDays(today, 60) }, mayEnter: true });
    expect(await answers((as) => log(as))).toEqual(
      table({ manager: 'ok', head: 'ok', deputy: 'ok', clerk: 'ok', dataClerk: 'ok', ...UNSEEN }, 'forbidden'),
    );
    const { items, due } = await list();
    expect([items.length, due.lastOn]).toEqual([5, today]);
    expect(items[0].contents).toEqual({ ...form, ours: [] });
  });

  test('are read by who reads the file, on record with the capacity, once an hour', async () => {
    expect(await answers((as) => api.get(path(), { as }))).toEqual(
      table({ colleague: 'forbidden', member: 'forbidden', ...UNSEEN }, 'ok'),
    );
    const read = await prisma.auditEntry.findMany({ where: { act: 'visits.read', actorId: 'central-manager' } });
    expect(read.map(({ codes }) => codes)).toEqual([{ accountId, purpose: 'manager' }]);
    expect((await list('director')).mayEnter).toBe(false);
  });

  test('offer whom one may meet from the archive, to who reads the file, without their telephones', async () => {
    const keyPersons = (as: string) => api.get(`/accounts/${accountId}/key-persons`, { as });
    expect(await answers(keyPersons)).toEqual(table({ colleague: 'forbidden', member: 'forbidden', ...UNSEEN }, 'ok'));
    const { items } = (await keyPersons('central-manager')).body;
    expect(items.length).toBeGreaterThan(0);
    expect(Object.keys(items[0]).sort()).toEqual(['post', 'role']);
    expect(await prisma.auditEntry.count({ where: { act: 'keyPersons.read', actorId: 'central-manager' } })).toBe(1);
  });

  test.each([
    ['in the future', { visitedOn: addDays(today, 1) }, 'visitInFuture', 'visitedOn'],
    ['before the holding', { visitedOn: addDays(today, -1) }, 'visitBeforeHolding', 'visitedOn'],
    ['on no day', { visitedOn: '2026-02-30' }, 'invalid', 'visitedOn'],
    ['without a word', { form: { ...form, summary: ' ' } }, 'invalid', 'form.summary'],
    ['with an unknown field', { form: { ...form, mood: 'good' } }, 'unknownField', 'form.mood'],
  ])('%s are refused', async (_what, body, code, field) => {
    const { status, body: refusal } = await log('central-manager', body);
    expect([status, refusal.code, refusal.field]).toEqual([422, code, field]);
  });

  test('are planned ahead, and then made once or cancelled once', async () => {
    const plan = (plannedOn: string, as = 'central-manager') =>
      api.post(`${path()}/plan`, { as, body: { plannedOn, purpose: '送资料' } });
    expect((await plan(addDays(today, -1))).body.code).toBe('visitInPast');
    expect((await plan(today, 'central-submitter')).body.code).toBe('forbidden');
    const made = (await plan(today)).body.visitId;
    const dropped = (await plan(addDays(today, 7))).body.visitId;
    const [mine] = (await api.get('/me/visits', { as: 'central-manager' })).body.items;
    expect(mine).toMatchObject({ account: { id: accountId }, planned: [{ id: made }, { id: dropped }] });
    expect((await api.get('/me/visits', { as: 'central-head' })).body.items).toEqual([]);
    const done = () => api.post(`/visits/${made}/done`, { as: 'central-manager', body: { visitedOn: today, form } });
    const both = await Promise.all([done(), done()]);
    expect(both.map(({ body }) => body.code ?? 'done').sort()).toEqual(['done', 'visitNotPlanned']);
    const cancel = (as = 'central-manager') =>
      api.post(`/visits/${dropped}/cancel`, { as, body: { reason: '客户改期' } });
    expect((await cancel('east-submitter')).body.code).toBe('notFound');
    expect((await cancel()).status).toBe(200);
    expect((await cancel()).body.code).toBe('visitNotPlanned');
    const { items } = await list();
    expect(items.find(({ id }: { id: string }) => id === dropped)).toMatchObject({
      state: 'cancelled',
      reason: '客户改期',
    });
  });

  test('are corrected beside what stood there, with the photos, which only readers of the file see', async () => {
    const { visitId } = (await log('central-manager', { form: { ...form, ours: ['central-manager'] } })).body;
    const photo = async (as: string, fields: Record<string, string> = { visitId }) => {
      const raw = new FormData();
      for (const [name, value] of Object.entries({ ...fields, purpose: 'photo' })) raw.set(name, value);
      raw.set('file', new Blob([PNG]), '现场.png');
      return api.post('/attachments', { as, raw });
    };
    expect((await photo('central-manager', { visitId, caseId })).body.field).toBe('visitId');
    expect((await photo('central-manager', {})).body.field).toBe('caseId');
    expect((await photo('central-submitter')).body.code).toBe('forbidden');
    expect((await photo('east-submitter')).body.code).toBe('notFound');
    const { id } = (await photo('central-manager')).body;
    expect(await answers((as) => api.get(`/attachments/${id}`, { as }))).toEqual(
      table({ colleague: 'forbidden', member: 'forbidden', ...UNSEEN }, 'ok'),
    );
    expect(
      await prisma.auditEntry.count({
        where: { act: 'attachment.read', codes: { path: ['attachmentId'], equals: id } },
      }),
    ).toBe(7);

    const correct = (to: object | null, of = visitId) =>
      api.post(`/visits/${of}/correct`, { as: 'central-manager', body: { reason: '人写错了', to } });
    const corrected = await correct({ visitedOn: today, form: { ...form, met: ['总工程师'] } });
    expect(corrected.status).toBe(201);
    expect((await correct(null)).body.code).toBe('visitNotDone');
    const now = (await list()).items.find((visit: { id: string }) => visit.id === corrected.body.visitId);
    expect(now).toMatchObject({
      contents: { met: ['总工程师'] },
      reason: '人写错了',
      files: [{ id, visitId, caseId: null }],
      earlier: [{ id: visitId, contents: { met: ['总经理'], ours: [{ id: 'central-manager' }] } }],
    });
    expect((await api.delete(`/attachments/${id}`, { as: 'central-head' })).body.code).toBe('forbidden');
    expect((await api.delete(`/attachments/${id}`, { as: 'central-manager' })).status).toBe(200);
    expect((await api.get(`/attachments/${id}`, { as: 'central-manager' })).body.code).toBe('notFound');
    expect((await photo('central-manager', { visitId: corrected.body.visitId })).status).toBe(201);
  });

  test('keep nothing that was said in plain text', async () => {
    const { rows } = await pool.query('SELECT v::text AS row FROM visits v');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toMatch(/招标|总经理|客户改期/);
  });
});

describe('the timeline of an account', () => {
  const timeline = (as: string, query = '') => api.get(`/accounts/${accountId}/timeline${query}`, { as });
  const kinds = ({ body }: Answer): string[] => body.items.map(({ kind }: { kind: string }) => kind);

  test('tells each what he may see, the latest first', async () => {
    const head = kinds(await timeline('central-head'));
    expect(head).toEqual(expect.arrayContaining(['visitDone', 'marketingTaskDone']));
    expect(head).toEqual(expect.arrayContaining(['holdingBegan', 'caseClosed', 'caseOpened', 'established']));
    const colleague = kinds(await timeline('central-submitter'));
    for (const kind of ['marketingTaskSet', 'visitDone']) expect(colleague).not.toContain(kind);
    expect(colleague).toContain('caseOpened');
    // The manager had no part in the case that made it a key account.
    expect(kinds(await timeline('central-manager'))).not.toContain('caseOpened');
    expect((await timeline('east-submitter')).body.code).toBe('notFound');
  });

  test('comes whole page by page', async () => {
    const whole = (await timeline('central-head')).body.items;
    const found: unknown[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await timeline('central-head', `?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      found.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(found).toEqual(whole);
    expect((await timeline('central-head', '?cursor=x')).body.field).toBe('cursor');
  });
});

test('what was kept agrees with itself', async () => {
  const { files } = api.deps;
  const verify = () => verifyStored({ pool, keys: company.deps.keys, files, client: company.client });
  const { findings, examined } = await verify();
  expect(findings).toEqual([]);
  expect(examined.attachments).toBe(1);
  const { id } = await prisma.attachment.findFirstOrThrow({ where: { removedAt: null } });
  await files.remove(id);
  expect((await verify()).findings).toEqual([{ check: 'attachments', at: `attachment ${id}`, problem: 'gone' }]);
});

describe('an account whose manager was replaced, and one that was terminated', () => {
  const ask = (as: string) =>
    Promise.all([
      api.post(`/accounts/${accountId}/visits`, {
        as,
        body: { visitedOn: today, form: { place: '', met: [], summary: '访', nextStep: '' } },
      }),
      api.post(`/accounts/${accountId}/visits/plan`, { as, body: { plannedOn: today } }),
      api.get(`/accounts/${accountId}/visits`, { as }),
      api.post(`/accounts/${accountId}/marketing-tasks`, {
        as,
        body: { what: '访', dueOn: today, ownerId: 'central-manager' },
      }),
    ]).then((all) => all.map(({ body }) => body.code ?? 'ok'));

  test('are closed to the former manager, whose visits stand', async () => {
    await prisma.holding.updateMany({ where: { accountId }, data: { managerId: 'central-manager-2' } });
    expect(await ask('central-manager')).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden']);
    expect((await api.get(`/accounts/${accountId}`, { as: 'central-manager' })).body.file).toEqual({
      reads: false,
      keeps: false,
    });
    expect((await api.get('/me/visits', { as: 'central-manager' })).body.items).toEqual([]);
    await prisma.holding.updateMany({ where: { accountId }, data: { managerId: 'central-manager' } });
  });

  test('takes no visit and no task any more, and is still read', async () => {
    await prisma.account.update({
      where: { id: accountId },
      data: { state: 'terminated', terminatedOn: new Date(`${today}T00:00:00Z`) },
    });
    expect(await ask('central-manager')).toEqual(['accountTerminated', 'accountTerminated', 'ok', 'accountTerminated']);
    const { due, mayEnter } = (await api.get(`/accounts/${accountId}/visits`, { as: 'central-manager' })).body;
    expect([due, mayEnter]).toEqual([null, false]);
  });
});
