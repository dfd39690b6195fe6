import { beforeAll, describe, expect, test } from 'vitest';
import { verifyStored } from '../../cases/verification.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { type Answer, startApi } from '../support/api.ts';
import { branchLevel, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma, pool } = company.deps;
const today = localDay(Date.now());

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

describe('the timeline of an account', () => {
  const timeline = (as: string, query = '') => api.get(`/accounts/${accountId}/timeline${query}`, { as });
  const kinds = ({ body }: Answer): string[] => body.items.map(({ kind }: { kind: string }) => kind);

  test('tells each what he may see, the latest first', async () => {
    const head = kinds(await timeline('central-head'));
    expect(head.at(0)).toBe('marketingTaskDone');
    expect(head).toEqual(expect.arrayContaining(['holdingBegan', 'caseClosed', 'caseOpened', 'established']));
    const colleague = kinds(await timeline('central-submitter'));
    expect(colleague).not.toContain('marketingTaskSet');
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
  const { findings } = await verifyStored({ pool, keys: company.deps.keys, files, client: company.client });
  expect(findings).toEqual([]);
});
