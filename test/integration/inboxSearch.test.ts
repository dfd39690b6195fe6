import { describe, expect, test } from 'vitest';
import type { InboxRow } from '../../api/contract/tasks.ts';
import { businessDaysBetween } from '../../domain/calendar.ts';
import { startApi } from '../support/api.ts';
import { branchLevel, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;
const DAY_MS = 86_400_000;

const search = async (as: string, body: object) => {
  const answer = await api.post('/tasks/search', { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as { items: InboxRow[]; nextCursor: string | null };
};
const found = async (as: string, body: object) => (await search(as, body)).items.map((row) => row.case.id);

const named = async (name: string, branch = false): Promise<string> => {
  const caseId = await company.submitted((form) => {
    form.client.name = name;
    if (branch) branchLevel(form);
  });
  await company.task(caseId, 'endorse');
  return caseId;
};
const rail = await named('澄江示例轨道交通100%控股公司');
const water = await named('衡川示例水务_集团');
const park = await named('临岳示例产业园', true);
const dueIn = async (caseId: string, ms: number | null, remindDayAt: Date | null = null) => {
  const dueAt = ms === null ? null : new Date(Math.floor(Date.now() / 1000) * 1000 + ms);
  await prisma.task.updateMany({ where: { caseId, kind: 'endorse' }, data: { dueAt, remindDayAt } });
};
const as = 'central-head';

describe('a box narrowed', () => {
  test('by a part of the name as it stands, or of the number in any case', async () => {
    expect(await found(as, { text: '轨道交通' })).toEqual([rail]);
    expect(await found(as, { text: '100%' })).toEqual([rail]);
    expect(await found(as, { text: '水务_集' })).toEqual([water]);
    expect(await found(as, { text: '水务%集' })).toEqual([]);
    const { number } = await company.caseRow(park);
    expect(await found(as, { text: number.toLowerCase() })).toEqual([park]);
  });

  test('by kind, process, grade and unit', async () => {
    await prisma.recommendation.updateMany({ where: { caseId: park }, data: { grade: 'branch' } });
    expect(await found(as, { grade: 'branch' })).toEqual([park]);
    expect(await found(as, { kinds: ['vote'] })).toEqual([]);
    expect(await found(as, { kinds: ['endorse', 'vote'], process: 'recommendation', unitId: 'central' })).toHaveLength(
      3,
    );
    expect(await found(as, { unitId: 'east' })).toEqual([]);
    expect(await found(as, { process: 'none' })).toEqual([]);
  });

  test('by what is overdue, due today, soon, within a week or never, and in order', async () => {
    await dueIn(rail, -DAY_MS);
    await dueIn(water, 1);
    await dueIn(park, 60 * DAY_MS, new Date(Date.now() + 50 * DAY_MS));
    await dueIn(water, 5 * DAY_MS, new Date(Date.now() - DAY_MS));
    expect(await found(as, {})).toEqual([rail, water, park]);
    expect(await found(as, { due: 'overdue' })).toEqual([rail]);
    expect(await found(as, { due: 'soon' })).toEqual([water]);
    expect(await found(as, { due: 'week' })).toEqual([water]);
    expect(await found(as, { due: 'today' })).toEqual([]);
    await dueIn(park, null);
    expect(await found(as, { due: 'none' })).toEqual([park]);
    expect(await found(as, { sort: 'oldest' })).toEqual([rail, water, park]);
    expect(await found(as, { sort: 'newest' })).toEqual([park, water, rail]);
  });

  test.each(['due', 'newest', 'oldest'])('page by page by %s it is the whole, nothing twice', async (sort) => {
    const whole = await found(as, { sort });
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof search>> = await search(as, {
        sort,
        limit: 1,
        ...(cursor ? { cursor } : {}),
      });
      paged.push(...page.items.map((row) => row.case.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(whole);
  });

  test('what one initiated or decided is searched alike, also by what is open in it', async () => {
    expect(await found('central-submitter', { box: 'initiated', text: '水务' })).toEqual([water]);
    expect(await found('central-submitter', { box: 'initiated', kinds: ['endorse'], due: 'overdue' })).toEqual([rail]);
    await company.answer(water, as, 'endorse', 'endorse', {});
    expect(await found(as, { box: 'decided', text: '示例' })).toEqual([water]);
    expect(await found(as, { box: 'decided', kinds: ['screen'] })).toEqual([]);
    expect(await found(as, { text: '水务' })).toEqual([]);
    await company.task(water, 'screen');
    expect(await found('office-clerk-1', { box: 'group', text: '水务' })).toEqual([water]);
  });

  test('finds nothing in the boxes of others: a stranger who knows the name learns nothing', async () => {
    for (const box of ['mine', 'group', 'decided', 'initiated', 'copied', 'delegated'])
      expect(await found('east-head', { box, text: '轨道交通' })).toEqual([]);
  });

  test.each([
    [{ box: 'theirs' }, 'box'],
    [{ due: 'later' }, 'due'],
    [{ text: '' }, 'text'],
    [{ sort: 'amount' }, 'sort'],
    [{ cursor: 'made-up' }, 'cursor'],
    [{ owner: 'director' }, 'owner'],
  ])('asked with %j it is refused, naming the field', async (body, field) => {
    const answer = await api.post('/tasks/search', { as, body });
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });

  test('only with a token that may read', async () => {
    const { body } = await api.post('/tokens', { as, body: { name: 'deciding', scopes: ['decide'], days: 1 } });
    const refused = await api.post('/tasks/search', { headers: { Authorization: `Bearer ${body.token}` }, body: {} });
    expect([refused.status, refused.body.code]).toEqual([403, 'tokenScope']);
  });
});

test('a row says how many business days are left, and none once they are over', async () => {
  await dueIn(rail, 40 * DAY_MS);
  const [row] = (await search(as, { text: '轨道交通' })).items;
  const calendars = await prisma.calendar.findMany({ orderBy: [{ importedAt: 'asc' }, { version: 'asc' }] });
  const years = Object.assign({}, ...calendars.map((each) => each.years));
  const due = Date.parse(row?.task?.dueAt ?? '');
  expect(row?.task?.daysLeft).toBe(businessDaysBetween({ version: '', years }, Date.now(), due));
  await dueIn(rail, -1000);
  expect((await search(as, { text: '轨道交通' })).items[0]?.task).toMatchObject({ daysLeft: null, overdue: true });
});
