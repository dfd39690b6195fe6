import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { FILTER_LIMIT } from '../../api/contract/filters.ts';
import { mutableKinds, type NotificationKind, notificationKinds } from '../../domain/notifications.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;

describe('filters of one’s own', () => {
  const as = 'central-head';
  const save = (body: object, by = as) => api.post('/filters', { as: by, body });
  const saved = async (list = 'inbox', by = as) => (await api.get(`/filters?list=${list}`, { as: by })).body.items;
  const inbox = (name: string, criteria: object = { box: 'mine' }) => ({ list: 'inbox', name, criteria });

  test('are kept in order, counted, renamed, put in another order and forgotten', async () => {
    const caseId = await company.submitted();
    await company.task(caseId, 'endorse');
    const first = await save(inbox('待审签', { box: 'mine', kinds: ['endorse'] }));
    const second = await save(inbox('逾期', { box: 'mine', due: 'overdue' }));
    const ofCases = await save({ list: 'cases', name: '进行中', criteria: { open: true } });
    expect([first.status, second.status, ofCases.status]).toEqual([201, 201, 201]);
    expect(await saved()).toMatchObject([
      { name: '待审签', count: 1, isDefault: false, criteria: { kinds: ['endorse'], sort: 'due' } },
      { name: '逾期', count: 0 },
    ]);
    expect(await saved('cases')).toMatchObject([{ name: '进行中', count: 1, criteria: { open: true } }]);

    const ids = [second.body.id, first.body.id];
    expect((await api.put('/filters/order', { as, body: { list: 'inbox', ids } })).status).toBe(200);
    await api.put(`/filters/${second.body.id}`, { as, body: { name: '已逾期', isDefault: true } });
    await api.put(`/filters/${first.body.id}`, { as, body: { name: '待审签', isDefault: true } });
    expect(await saved()).toMatchObject([
      { name: '已逾期', isDefault: false },
      { name: '待审签', isDefault: true },
    ]);
    expect((await api.delete(`/filters/${first.body.id}`, { as })).status).toBe(200);
    expect(await saved()).toMatchObject([{ name: '已逾期' }]);
    expect((await api.delete(`/filters/${first.body.id}`, { as })).status).toBe(404);
  });

  test('are seen, changed and removed by nobody else', async () => {
    const { body } = await save(inbox('只属于我'));
    expect(await saved('inbox', 'central-deputy')).toEqual([]);
    const other = { as: 'central-deputy' };
    const change = { name: '改名', isDefault: true };
    expect((await api.put(`/filters/${body.id}`, { ...other, body: change })).status).toBe(404);
    expect((await api.delete(`/filters/${body.id}`, other)).status).toBe(404);
    const order = { list: 'inbox', ids: [body.id] };
    expect((await api.put('/filters/order', { ...other, body: order })).status).toBe(404);
    expect((await saved()).map(({ name }: { name: string }) => name)).toContain('只属于我');
  });

  test('count only what the person may read: a stranger’s filter on a name tells him nothing', async () => {
    const caseId = await company.submitted((form) => {
      form.client.name = '不公开示例公司';
    });
    await company.task(caseId, 'endorse');
    for (const list of ['inbox', 'cases'] as const) {
      const criteria = { text: '不公开示例' };
      await save({ list, name: '探查', criteria }, 'east-manager');
      expect(await saved(list, 'east-manager')).toMatchObject([{ count: 0 }]);
    }
  });

  test('a name stands once in a list, also for two at once, and there are not too many', async () => {
    const by = 'north-head';
    const two = await Promise.all([1, 2].map(() => save(inbox('同名'), by)));
    expect(two.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(two.find(({ status }) => status === 409)?.body.code).toBe('nameTaken');
    for (let index = 1; index < FILTER_LIMIT; index += 1) await save(inbox(`第${index}个`), by);
    expect((await save(inbox('多余'), by)).body.code).toBe('tooMany');
    const key = randomUUID();
    const once = { as: 'north-deputy', body: inbox('一次'), headers: { 'Idempotency-Key': key } };
    const answers = await Promise.all([api.post('/filters', once), api.post('/filters', once)]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await saved('inbox', 'north-deputy')).toHaveLength(1);
  });

  test.each([
    [{ list: 'inbox', name: '', criteria: {} }, 'name'],
    [{ list: 'inbox', name: 'x', criteria: { box: 'theirs' } }, 'criteria.box'],
    [{ list: 'cases', name: 'x', criteria: { box: 'mine' } }, 'criteria.box'],
    [{ list: 'inbox', name: 'x', criteria: { cursor: 'x' } }, 'criteria.cursor'],
  ])('%j is refused, naming the field', async (body, field) => {
    const answer = await save(body);
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });
});

describe('what one was told of', () => {
  const list = async (as: string, query = '') => (await api.get(`/notifications${query}`, { as })).body;
  const unread = async (as: string) => (await api.get('/notifications/unread', { as })).body.count;
  const tell = (personId: string, kind: NotificationKind, caseId: string, at = new Date()) =>
    prisma.notification.create({ data: { id: randomUUID(), personId, caseId, taskId: null, kind, at } });

  test('is listed the latest first with its case, counted, and marked read one by one or all up to an instant', async () => {
    const as = 'south-head';
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'approving');
    const [opened] = (await list(as)).items;
    expect(opened).toMatchObject({ kind: 'taskOpened', readAt: null, taskKind: 'vote', case: { id: caseId } });
    const before = await unread(as);
    const told = new Date();
    const late = await tell(as, 'taskReminder', caseId, new Date(told.getTime() + 1000));
    const early = await tell(as, 'taskUrged', caseId, told);
    const two = await list(as, '?limit=2');
    expect(two.items.map(({ id }: { id: string }) => id)).toEqual([late.id, early.id]);
    expect((await list(as, `?limit=1&cursor=${two.nextCursor}`)).items[0].id).toBe(opened.id);

    expect((await api.post(`/notifications/${early.id}/read`, { as })).status).toBe(200);
    expect((await list(as, '?unread=true')).items.map(({ id }: { id: string }) => id)).not.toContain(early.id);
    const all = await api.post('/notifications/read', { as, body: { until: told.toISOString() } });
    expect(all.body.read).toBe(before);
    expect(await unread(as)).toBe(1);
    expect((await api.get('/me', { as })).body.badges.notifications).toBe(1);
  });

  test('is nobody else’s to read or to mark', async () => {
    const caseId = await company.submitted();
    const own = await tell('south-deputy', 'taskUrged', caseId);
    expect((await list('north-head')).items.map(({ id }: { id: string }) => id)).not.toContain(own.id);
    expect((await api.post(`/notifications/${own.id}/read`, { as: 'north-head' })).status).toBe(404);
    await api.post('/notifications/read', { as: 'north-head', body: { until: '2099-01-01T00:00:00Z' } });
    expect((await prisma.notification.findUniqueOrThrow({ where: { id: own.id } })).readAt).toBeNull();
  });

  test('names no case that one may not read any more', async () => {
    const caseId = await company.submitted();
    await tell('east-manager', 'caseConcluded', caseId);
    expect((await list('east-manager')).items).toMatchObject([{ kind: 'caseConcluded', case: null, taskKind: null }]);
  });

  test('can be muted by kind, and told again; what is asked of oneself cannot', async () => {
    const as = 'north-manager';
    const caseId = await company.submitted();
    await tell(as, 'caseCopied', caseId);
    await tell(as, 'taskOpened', caseId);
    const mute = (muted: readonly string[]) => api.put('/notifications/muting', { as, body: { muted } });
    expect((await mute(['caseCopied'])).body.kinds).toContainEqual({ kind: 'caseCopied', muted: true });
    expect((await list(as)).items.map(({ kind }: { kind: string }) => kind)).toEqual(['taskOpened']);
    expect(await unread(as)).toBe(1);
    for (const kind of ['taskOpened', 'taskUrged', 'nothing', '__proto__']) {
      const refused = await mute([kind]);
      expect([refused.status, refused.body.field]).toEqual([422, 'muted']);
    }
    expect((await mute([])).body.kinds.every(({ muted }: { muted: boolean }) => !muted)).toBe(true);
    expect(await unread(as)).toBe(2);
    expect(await prisma.auditEntry.count({ where: { act: 'notifications.muted', actorId: as } })).toBe(2);
  });

  test('nothing that asks for an answer is among what can be muted', () => {
    expect(mutableKinds.filter((kind) => kind.startsWith('task'))).toEqual([]);
    expect(Object.keys(notificationKinds).length).toBeGreaterThan(mutableKinds.length);
  });
});
