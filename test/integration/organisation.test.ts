import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { holdersOf } from '../../cases/actor.ts';
import { decide } from '../../cases/decision.ts';
import { submit } from '../../cases/submission.ts';
import { localDay } from '../../domain/calendar.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma, pool } = company.deps;
const today = localDay(Date.now());
const by = { on: today, document: '公司发〔2026〕12号' };
const admin = 'system-admin';

const newUnit = async (code: string): Promise<string> =>
  (
    await api.post('/units', {
      as: admin,
      body: { code, kind: 'branch', name: `${code}分公司`, nameEn: code, parentId: 'headquarters', ...by },
    })
  ).body.id;
const dissolve = (unitId: string, more: object = {}, as = admin) =>
  api.post(`/units/${unitId}/dissolution`, { as, body: { ...by, ...more } });
const grant = (personId: string, role: string, unitId: string) =>
  api.post('/roles', {
    as: 'security-admin',
    body: { personId, role, unitId, validFrom: today, document: '任命' },
  });
const newPerson = async (login: string, unitId: string): Promise<string> => {
  const answer = await api.post('/persons', { as: admin, body: { login, name: login, nameEn: login, unitId, ...by } });
  expect(answer.status).toBe(201);
  return answer.body.id;
};

describe('units', () => {
  test('are entered under a document, and keep who changed what and what stood there before', async () => {
    const id = await newUnit('MARINE');
    const change = { name: '海工分公司', nameEn: 'Marine', parentId: 'central', ...by };
    expect((await api.put(`/units/${id}`, { as: admin, body: change })).status).toBe(200);
    const { body } = await api.get(`/units/${id}`, { as: 'central-manager' });
    expect(body).toMatchObject({ name: '海工分公司', parentId: 'central', dissolvedOn: null });
    expect(body.history.map((row: { change: string }) => row.change)).toEqual(['changed', 'entered']);
    expect(body.history[0]).toMatchObject({
      document: by.document,
      by: { id: admin },
      codes: { before: { name: 'MARINE分公司', parentId: 'headquarters' } },
    });
    await expect(prisma.organisationChange.deleteMany()).rejects.toThrow();
  });

  test('are refused with a code in use, a day to come, a place under themselves, and no document', async () => {
    const id = await newUnit('ONCE');
    const body = { code: 'ONCE', kind: 'branch', name: 'x', nameEn: 'x', parentId: 'headquarters', ...by };
    expect((await api.post('/units', { as: admin, body })).body).toMatchObject({ code: 'taken', field: 'code' });
    const later = { ...body, code: 'LATER', on: '2999-01-01' };
    expect((await api.post('/units', { as: admin, body: later })).body).toMatchObject({ code: 'invalid', field: 'on' });
    const under = { name: 'x', nameEn: 'x', parentId: id, ...by };
    expect((await api.put(`/units/${id}`, { as: admin, body: under })).body.field).toBe('parentId');
    const silent = { ...body, code: 'SILENT', document: '' };
    expect((await api.post('/units', { as: admin, body: silent })).body.field).toBe('document');
    const free = { name: 'x', nameEn: 'x', parentId: null, ...by };
    expect((await api.put(`/units/${id}`, { as: admin, body: free })).body.field).toBe('parentId');
  });
});

describe('territories', () => {
  const draw = (unitId: string, regionCode: string, more: object = {}) =>
    api.post(`/units/${unitId}/territories`, { as: 'office-clerk-1', body: { regionCode, ...by, ...more } });

  // Article 7.2: a territory says who builds.
  test('a region is one unit’s at a time, also when two are drawn at once', async () => {
    const [one, two] = [await newUnit('WEST1'), await newUnit('WEST2')];
    const answers = await Promise.all([draw(one, '650000'), draw(two, '650000')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('territoryTaken');
    expect((await draw(two, '420000')).body.params.unit).toBe('华中分公司');
    expect((await draw(two, '420100')).status).toBe(201);
    expect((await draw(two, '999999')).body.field).toBe('regionCode');
  });

  test('ends on a day and may then be another’s', async () => {
    const [one, two] = [await newUnit('NW1'), await newUnit('NW2')];
    const { body } = await draw(one, '620000');
    const end = () => api.post(`/territories/${body.id}/end`, { as: 'office-clerk-1', body: by });
    expect((await end()).status).toBe(200);
    expect((await end()).body.code).toBe('notFound');
    expect((await draw(two, '620000')).status).toBe(201);
  });
});

describe('persons', () => {
  test('are found by name, unit and role without a name in any address', async () => {
    const found = await api.post('/persons/search', { as: 'central-head', body: { text: '华东', role: 'unitHead' } });
    expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual(['east-head']);
    const login = await api.post('/persons/search', { as: 'central-head', body: { text: 'EAST-HEAD' } });
    expect(login.body.items).toHaveLength(1);
  });

  test('a login is one person’s', async () => {
    await newPerson('wang.li', 'central');
    const again = await api.post('/persons', {
      as: admin,
      body: { login: 'wang.li', name: '王', nameEn: 'W', unitId: 'east', ...by },
    });
    expect(again.body).toMatchObject({ code: 'taken', field: 'login' });
  });

  test('one who moves keeps nothing his old unit gave him, neither role nor seat', async () => {
    const id = await newPerson('mover', 'north');
    await grant(id, 'unitHead', 'north');
    await api.post('/seats/seat-12/terms', {
      as: 'security-admin',
      body: { personId: id, validFrom: today, document: '任命' },
    });
    const body = { name: '换岗', nameEn: 'Mover', unitId: 'south', ...by };
    expect((await api.put(`/persons/${id}`, { as: admin, body })).status).toBe(200);
    const detail = (await api.get(`/persons/${id}`, { as: admin })).body;
    expect(detail).toMatchObject({ unit: { id: 'south' }, roles: [], seats: [] });
    expect(detail.rolesHeld).toHaveLength(1);
    expect(detail.history.map((row: { change: string }) => row.change)).toEqual(['moved', 'entered']);
    const own = { name: 'x', nameEn: 'x', unitId: 'east', ...by };
    expect((await api.put(`/persons/${admin}`, { as: admin, body: own })).body.code).toBe('separation');
  });
});

describe('a seat', () => {
  const appoint = (personId: string, after: string | null) =>
    api.post('/seats/seat-13/terms', {
      as: 'security-admin',
      body: { personId, validFrom: today, document: '任命', after },
    });
  const seat = async () =>
    (await api.get('/seats', { as: 'auditor' })).body.items.find(({ id }: { id: string }) => id === 'seat-13');

  test('that two give at once goes to one, and the other is told to whom', async () => {
    const after = (await seat()).holder.id;
    const answers = await Promise.all([appoint('north-manager', after), appoint('north-manager-2', after)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('seatGiven');
    expect((await seat()).terms).toHaveLength(2);
  });

  test('goes to no administrator: nobody gives himself one, and one who holds a seat fills none', async () => {
    const before = await seat();
    expect((await appoint('security-admin', before.terms[0].id)).body.code).toBe('separation');
    for (const officer of ['system-admin', 'auditor'])
      expect((await appoint(officer, before.terms[0].id)).body.code).toBe('unfitPerson');
    const own = { id: randomUUID(), seatId: 'seat-12', personId: 'security-admin', document: '测试' };
    await prisma.seatTerm.create({ data: { ...own, validFrom: new Date(today) } });
    expect((await appoint('north-deputy', before.terms[0].id)).body.code).toBe('conflicted');
    await prisma.seatTerm.delete({ where: { id: own.id } });
    expect(await seat()).toEqual(before);
  });

  test('can be vacated, by the security administrator alone, and is then vacant', async () => {
    const vacate = (as: string) => api.post('/seats/seat-13/vacate', { as, body: by });
    expect((await vacate(admin)).body.code).toBe('forbidden');
    expect((await vacate('security-admin')).status).toBe(200);
    expect((await seat()).holder).toBeNull();
    expect((await vacate('security-admin')).body.code).toBe('notFound');
    expect((await appoint('north-deputy', (await seat()).terms[0]?.id ?? null)).status).toBe(201);
  });
});

describe('a unit that is dissolved', () => {
  const submitted = async (personId: string): Promise<string> => {
    const caseId = await company.draft(undefined, personId);
    await submit(company.deps, { personId, caseId, outsideTerritoryReason: '客户总部在外地', key: randomUUID() });
    await company.state(caseId, 'endorsing');
    return caseId;
  };
  const endorsing = async (unit: string) => {
    const caseId = await submitted(`${unit}-submitter`);
    return { caseId, task: await company.task(caseId, 'endorse') };
  };

  test('takes with it nothing of a unit whose id begins like its own', async () => {
    const { caseId } = await endorsing('southwest');
    const effects = (await api.get('/units/south/dissolution', { as: admin })).body;
    expect(effects).toMatchObject({ cases: 0, tasks: 0 });
    const withdrawn = { as: 'southwest-submitter', body: { reason: '重复' } };
    expect((await api.post(`/recommendations/${caseId}/withdraw`, withdrawn)).status).toBe(200);
  });

  // Article 4.3: units are determined and adjusted.
  test('hands its case and task to its successor’s head at once, on record, and the head is told', async () => {
    const { caseId, task } = await endorsing('south');
    const effects = (await api.get('/units/south/dissolution', { as: admin })).body;
    expect(effects).toMatchObject({ cases: 1, tasks: 1, seats: 2, territories: 3 });
    expect((await dissolve('south', { successorId: 'southwest', takesPersons: true })).status).toBe(200);
    expect(await company.caseRow(caseId)).toMatchObject({ unitId: 'southwest', state: 'endorsing' });
    const moved = await prisma.task.findUniqueOrThrow({ where: { id: task.id } });
    expect(moved.candidates).toEqual(['role:unitHead@southwest']);
    const facts = await company.facts(caseId, 'reassigned');
    expect(facts.map(({ codes }) => codes)).toContainEqual({
      why: 'unitDissolved',
      unitId: 'south',
      successorId: 'southwest',
    });
    const told = await prisma.notification.findMany({ where: { taskId: task.id, kind: 'taskReassigned' } });
    expect(told.map(({ personId }) => personId)).toContain('southwest-head');
    const key = randomUUID();
    const act = (personId: string) =>
      decide(company.deps, { provenAt: null, personId, taskId: task.id, action: 'endorse', body: {}, key });
    await expect(act('south-head')).rejects.toMatchObject({ code: 'notCandidate' });
    await act('southwest-head');
    await company.state(caseId, 'screening');
    const unit = (await api.get('/units/southwest', { as: admin })).body;
    expect(unit.territories.map(({ regionCode }: { regionCode: string }) => regionCode)).toContain('440000');
    expect((await prisma.person.findUniqueOrThrow({ where: { id: 'south-manager' } })).unitId).toBe('southwest');
    expect((await api.get('/me', { as: 'south-head' })).body).toMatchObject({ roles: [], seats: [] });
  });

  test('without a successor leaves its tasks to the office, with an alarm', async () => {
    const { caseId, task } = await endorsing('north');
    expect((await dissolve('north')).status).toBe(200);
    const moved = await prisma.task.findUniqueOrThrow({ where: { id: task.id } });
    expect(await holdersOf(pool, moved.candidates)).toContain('office-clerk-1');
    const facts = await company.facts(caseId, 'reassigned');
    expect(facts.map(({ codes }) => codes)).toContainEqual({ why: 'nobodyLeft' });
    await decide(company.deps, {
      provenAt: null,
      personId: 'office-head',
      taskId: task.id,
      action: 'endorse',
      body: {},
      key: randomUUID(),
    });
    await company.state(caseId, 'screening');
  });

  test('while its head endorses: either his endorsement holds, or he is told that it is no longer his', async () => {
    for (let round = 0; round < 3; round += 1) {
      const code = `RACE${round}`;
      const unitId = await newUnit(code);
      const [head, submitter] = [await newPerson(`${code}.head`, unitId), await newPerson(`${code}.sub`, unitId)];
      await grant(head, 'unitHead', unitId);
      await grant(submitter, 'submitter', unitId);
      const caseId = await submitted(submitter);
      const { id: taskId } = await company.task(caseId, 'endorse');
      const [endorsed, dissolved] = await Promise.allSettled([
        decide(company.deps, {
          provenAt: null,
          personId: head,
          taskId,
          action: 'endorse',
          body: {},
          key: randomUUID(),
        }),
        dissolve(unitId, { successorId: 'east' }),
      ]);
      expect(dissolved).toMatchObject({ status: 'fulfilled', value: { status: 200 } });
      await company.until(
        'its case to be the successor’s',
        async () => (await company.caseRow(caseId)).unitId === 'east',
      );
      if (endorsed.status === 'fulfilled') await company.state(caseId, 'screening');
      else {
        expect(endorsed.reason).toMatchObject({ code: 'notCandidate' });
        const task = await prisma.task.findUniqueOrThrow({ where: { id: taskId } });
        expect(await holdersOf(pool, task.candidates)).toEqual(['east-head']);
      }
    }
  });

  test('is dissolved once, never into itself, and never headquarters, the office, or each into the other', async () => {
    expect((await dissolve('north')).body.code).toBe('unitGone');
    expect((await dissolve('central', { successorId: 'central' })).body.field).toBe('successorId');
    expect((await dissolve('central', { successorId: 'north' })).body.code).toBe('unitGone');
    expect((await dissolve('headquarters')).body.code).toBe('unitStays');
    expect((await dissolve('office')).body.code).toBe('unitStays');
    const [one, two] = [await newUnit('CROSS1'), await newUnit('CROSS2')];
    const crossed = await Promise.all([dissolve(one, { successorId: two }), dissolve(two, { successorId: one })]);
    expect(crossed.map(({ status }) => status).sort()).toEqual([200, 409]);
    for (const as of ['office-head', 'security-admin', 'central-head', 'director'])
      expect((await dissolve('central', {}, as)).body.code, as).toBe('forbidden');
  });

  test('draws a later task of a department to that department’s successor', async () => {
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'screening');
    await company.answer(caseId, 'office-clerk-1', 'screen', 'accept', {
      evaluatorIds: ['finance-expert'],
      departmentIds: ['legal'],
    });
    const task = await company.task(caseId, 'countersign');
    expect((await dissolve('legal', { successorId: 'finance' })).status).toBe(200);
    const moved = await prisma.task.findUniqueOrThrow({ where: { id: task.id } });
    expect(await holdersOf(pool, moved.candidates)).toEqual(['finance-head']);
    expect(await company.caseRow(caseId)).toMatchObject({ unitId: 'central' });
  });
});
