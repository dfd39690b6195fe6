import { describe, expect, test } from 'vitest';
import { addDays, localDay } from '../../domain/calendar.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;
const day = (count: number) => addDays(localDay(Date.now()), count);

const enter = (as: string, body: object) => api.post('/absences', { as, body });
const end = (as: string, id: string) => api.post(`/absences/${id}/end`, { as });
const mine = async (as: string) => (await api.get('/absences', { as })).body.items;

describe('an absence with a deputy', () => {
  test('has him answer the tasks of these days, and him who is back sooner answers himself again at once', async () => {
    const as = 'central-head';
    const { body } = await enter(as, { firstDay: day(0), lastDay: day(5), deputyId: 'central-deputy' });
    const caseId = await company.submitted();
    await company.state(caseId, 'endorsing');
    const { id: taskId } = await company.task(caseId, 'endorse');
    const seen = await api.get(`/tasks/${taskId}`, { as: 'central-deputy' });
    expect(seen.body.mayDecide).toContain('endorse');
    expect((await api.get('/absences/away', { as: 'east-head' })).body.items).toEqual([
      { person: expect.objectContaining({ id: as }), firstDay: day(0), lastDay: day(5), deputy: expect.anything() },
    ]);
    expect((await end(as, body.id)).status).toBe(200);
    const answer = await api.post(`/tasks/${taskId}/decisions`, { as: 'central-deputy', body: { action: 'endorse' } });
    expect(answer.body.code).toBe('notCandidate');
    expect((await api.get('/absences/away', { as })).body.items).toEqual([]);
    expect((await mine(as))[0]).toMatchObject({ state: 'cancelled', endedOn: day(0), deputy: null });
  });

  test('shows no deputy any more once the delegation was revoked', async () => {
    const as = 'east-head';
    await enter(as, { firstDay: day(1), lastDay: day(3), deputyId: 'east-deputy' });
    const { delegationId } = await prisma.absence.findFirstOrThrow({ where: { personId: as } });
    expect((await mine(as))[0].deputy.id).toBe('east-deputy');
    expect((await api.delete(`/delegations/${delegationId}`, { as })).status).toBe(200);
    expect((await mine(as))[0].deputy).toBeNull();
  });
});

describe('an absence', () => {
  test('is changed before it begins, with its deputy, and not after', async () => {
    const as = 'south-head';
    const { body } = await enter(as, { firstDay: day(2), lastDay: day(4), deputyId: 'south-deputy' });
    const change = (firstDay: string, lastDay: string, deputyId: string) =>
      api.put(`/absences/${body.id}`, { as, body: { firstDay, lastDay, deputyId } });
    expect((await change(day(0), day(6), 'south-manager')).status).toBe(200);
    const given = await prisma.delegation.findMany({ where: { fromId: as }, orderBy: { validTo: 'asc' } });
    expect(given.map((row) => [row.toId, row.revokedAt === null])).toEqual([
      ['south-deputy', false],
      ['south-manager', true],
    ]);
    expect((await change(day(1), day(6), 'south-deputy')).body.code).toBe('absenceBegun');
  });

  test('overlaps no other of the same person, also when two are entered at once', async () => {
    const as = 'southwest-head';
    const answers = await Promise.all([
      enter(as, { firstDay: day(10), lastDay: day(12) }),
      enter(as, { firstDay: day(12), lastDay: day(14) }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(answers.find(({ status }) => status === 422)?.body).toMatchObject({ code: 'invalid', field: 'firstDay' });
  });

  test('is refused for days that make no sense, a stranger’s person, and a deputy who is nobody or himself', async () => {
    const as = 'finance-head';
    const field = async (body: object) => (await enter(as, body)).body.field;
    expect(await field({ firstDay: day(3), lastDay: day(2) })).toBe('lastDay');
    expect(await field({ firstDay: day(-9), lastDay: day(-2) })).toBe('lastDay');
    expect(await field({ firstDay: day(1), lastDay: day(100), deputyId: 'finance-expert' })).toBe('lastDay');
    expect(await field({ firstDay: day(1), lastDay: day(2), deputyId: as })).toBe('deputyId');
    expect(await field({ firstDay: day(1), lastDay: day(2), deputyId: 'nobody' })).toBe('deputyId');
    expect((await enter(as, { personId: 'legal-head', firstDay: day(1), lastDay: day(2) })).body.code).toBe(
      'forbidden',
    );
    expect((await api.get('/absences?of=all', { as })).body.code).toBe('forbidden');
  });

  test('entered by the office says so, and gives nobody’s power to whoever enters it or to another unit', async () => {
    const as = 'office-clerk-1';
    const days = { personId: 'north-head', firstDay: day(1), lastDay: day(2) };
    expect((await enter(as, { ...days, deputyId: as })).body.code).toBe('separation');
    expect((await enter(as, { ...days, deputyId: 'east-deputy' })).body.code).toBe('separation');
    const { body } = await enter(as, { ...days, deputyId: 'north-deputy' });
    expect((await mine('north-head'))[0]).toMatchObject({ enteredBy: { id: as }, state: 'coming' });
    const all = (await api.get('/absences?of=all', { as })).body.items;
    expect(all.map(({ id }: { id: string }) => id)).toContain(body.id);
    expect((await end('east-head', body.id)).body.code).toBe('notFound');
    expect((await end('north-head', body.id)).status).toBe(200);
    expect((await end('north-head', body.id)).body.code).toBe('absenceBegun');
  });
});
