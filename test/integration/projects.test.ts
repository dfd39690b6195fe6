import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { carryAllProjects } from '../../cases/carriedProjects.ts';
import { sealForClient } from '../../cases/clientSecrets.ts';
import { loadProjects, projectProblems } from '../../cases/projectAgreement.ts';
import { projectsOf } from '../../cases/projectRows.ts';
import { giveProject } from '../../cases/projects.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { startApi } from '../support/api.ts';
import { exampleForm, startCompany } from '../support/company.ts';
import { bring, csv } from '../support/tables.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const { deps } = company;
const { prisma, pool } = deps;

const MANAGER = 'central-manager';
const TODAY = localDay(Date.now());
const TOMORROW = addDays(TODAY, 1);
const YEAR = Number(TODAY.slice(0, 4));

/** An account of the central branch from before there were projects: its client's archive is sealed, no project is a row. */
async function account(change: { state?: string; managedBy?: string } = {}) {
  const id = randomUUID();
  const form = exampleForm();
  const archive = { client: form.client, keyPersons: form.keyPersons, projects: form.projects };
  const secret = new Uint8Array(await sealForClient(deps, id, 'clients', id, archive));
  await prisma.client.create({ data: { id, name: form.client.name, nameKey: id, nearKey: id, secret } });
  const member = form.client.members.find(({ uscc }) => uscc);
  const entity = { clientId: id, codeType: 'uscc', validFrom: new Date('2020-01-01') };
  await prisma.legalEntity.createMany({
    data: [
      { ...entity, id: `${id}-main`, entityKey: `main:${id}`, code: form.client.uscc ?? null, name: form.client.name },
      {
        ...entity,
        id: `${id}-member`,
        entityKey: `member:${id}`,
        code: member?.uscc ?? null,
        name: String(member?.name),
      },
    ],
  });
  const established = new Date(`${addDays(TODAY, -30)}T00:00:00Z`);
  await prisma.account.create({
    data: {
      ...{
        id,
        clientId: id,
        archiveNo: id,
        grade: 'company',
        managedBy: 'branch',
        state: 'active',
        decisionCaseId: id,
      },
      ...{ establishedOn: established, ...change },
    },
  });
  const holding = { id, accountId: id, clientId: id, unitId: 'central', managerId: MANAGER, kind: 'lead' };
  await prisma.holding.create({ data: { ...holding, validFrom: established, decisionCaseId: id } });
  return { id, member: `${id}-member`, form };
}

const project = (change: object = {}) => ({
  ...{ name: '示例新城三期', state: 'upcoming', regionCode: '420106', amountYuan: '50000000.00' },
  ...change,
});
const entered = async (accountId: string, change: object = {}, as = MANAGER): Promise<string> => {
  const answer = await api.post(`/accounts/${accountId}/projects`, { as, body: project(change) });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
};
const read = async (id: string, as = MANAGER) => (await api.get(`/projects/${id}`, { as })).body;
const totals = async (id: string, as = MANAGER) => (await api.get(`/accounts/${id}/contract-totals`, { as })).body;
const put = (id: string, version: number, change: object, as = MANAGER) =>
  api.call('PUT', `/projects/${id}`, { as, body: project(change), headers: { 'If-Match': `"${version}"` } });

const one = await account();

describe('the projects of the recommendation', () => {
  test('become rows of an account from before, once, and count as they did', async () => {
    expect(await carryAllProjects(deps)).toBe(one.form.projects.length);
    expect(await carryAllProjects(deps)).toBe(0);
    const stored = await projectsOf(deps, pool, one.id);
    expect(stored.map(({ name }) => name)).toEqual(one.form.projects.map(({ name }) => name));
    const past = stored.filter(({ state }) => state !== 'upcoming');
    expect(past.every(({ prior }) => prior)).toBe(true);
    const { totals: kept, grade } = await totals(one.id);
    expect(kept).toEqual([
      expect.objectContaining({ kind: 'expected', amountYuan: one.form.expectedSubsequentYuan, source: 'projects' }),
      expect.objectContaining({ kind: 'cumulative', amountYuan: '0.00' }),
      expect.objectContaining({ kind: 'prior', amountYuan: '98600000.00' }),
    ]);
    expect(grade).toMatchObject({ held: 'company', gives: 'company', fits: 'fits', figure: 'subsequent' });
    const upcoming = stored.find(({ employerId }) => employerId !== null);
    expect(upcoming?.builderUnitId).toBe('central');
  });
});

describe('a project of a key account (Articles 6.4, 9, 12)', () => {
  test('is entered, changed and cancelled, each on record with what stood there before, and counts in one total', async () => {
    const id = await entered(one.id, { employerId: one.member });
    expect((await read(id)).project).toMatchObject({
      version: 1,
      counts: 'expected',
      notes: [],
      builder: { id: 'central' },
    });
    const signed = { employerId: one.member, contractedOn: TODAY, receivableYuan: '10.00', receivedYuan: '4.00' };
    expect((await put(id, 1, signed)).status).toBe(200);
    const changed = await read(id);
    expect(changed.project).toMatchObject({ version: 2, counts: 'concluded', outstandingYuan: '6.00' });
    expect(changed.history[0]).toMatchObject({
      ...{ act: 'changed', by: { id: MANAGER } },
      before: { contractedOn: null, receivableYuan: null, receivedYuan: null },
      after: { contractedOn: TODAY, receivableYuan: '10.00', receivedYuan: '4.00' },
    });
    const yearly = (await totals(one.id)).totals.find(({ kind }: { kind: string }) => kind === 'yearly');
    expect(yearly).toMatchObject({ year: YEAR, amountYuan: '50000000.00' });

    const headers = { 'If-Match': '"2"' };
    const cancelled = await api.post(`/projects/${id}/cancel`, { as: MANAGER, headers, body: { reason: '业主停建' } });
    expect(cancelled).toMatchObject({ status: 200, body: { version: 3 } });
    expect((await read(id)).history[0]).toMatchObject({ act: 'cancelled', after: { reason: '业主停建' } });
    expect((await totals(one.id)).totals.map(({ kind }: { kind: string }) => kind)).not.toContain('yearly');
    expect((await put(id, 3, signed)).body.code).toBe('projectCancelled');

    const { rows } = await pool.query(
      `SELECT act, codes FROM audit_entries WHERE act LIKE 'project.%' AND codes->>'projectId' = $1 ORDER BY seq`,
      [id],
    );
    expect(rows.map(({ act }) => act)).toEqual(['project.entered', 'project.changed', 'project.cancelled']);
    expect(JSON.stringify(rows)).not.toContain('示例新城');
  });

  test('keeps its name and terms from the database', async () => {
    await entered(one.id, { name: '保密项目甲', bidding: '邀请招标乙' });
    const { rows } = await pool.query(
      `SELECT 1 FROM projects p, project_changes c WHERE position('保密项目甲'::bytea IN p.secret) > 0 OR position('保密项目甲'::bytea IN c.secret) > 0
       OR p::text LIKE '%邀请招标乙%'`,
    );
    expect(rows).toEqual([]);
  });

  test('of two who change it at once one is taken, the other is told and changes nothing', async () => {
    const id = await entered(one.id);
    const answers = await Promise.all([
      put(id, 1, { name: '甲改' }),
      put(id, 1, { name: '乙改' }, 'office-clerk-1'),
      put(id, 1, { name: '丙改' }, 'central-head'),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
    const lost = answers.filter(({ status }) => status === 412).map(({ body }) => [body.code, body.params.version]);
    expect(lost).toEqual(Array(2).fill(['projectChanged', 2]));
    expect((await read(id)).history).toHaveLength(2);
    const unsaid = await api.call('PUT', `/projects/${id}`, { as: MANAGER, body: project() });
    expect(unsaid.body.code).toBe('preconditionRequired');
  });

  test('entered twice under one key is entered once', async () => {
    const { id } = await account();
    const ask = { as: MANAGER, body: project(), headers: { 'Idempotency-Key': randomUUID() } };
    const [first, again] = await Promise.all([1, 2].map(() => api.post(`/accounts/${id}/projects`, ask)));
    expect(first?.body.id).toBe(again?.body.id);
    expect(await prisma.project.count({ where: { accountId: id } })).toBe(1);
  });

  test('is for who keeps the file to enter, for who reads it to read, and hidden from others', async () => {
    const { id } = await account();
    const projectId = await entered(id);
    const asked = async (as: string) => [
      (await api.get(`/accounts/${id}/projects`, { as })).status,
      (await api.get(`/projects/${projectId}`, { as })).status,
      (await api.get(`/accounts/${id}/contract-totals`, { as })).status,
      (await api.post(`/accounts/${id}/projects/export`, { as, body: {} })).status,
      (await api.post(`/accounts/${id}/projects`, { as, body: project() })).status,
      (await put(projectId, 99, {}, as)).status,
    ];
    const keeps = [200, 200, 200, 200, 201, 412];
    for (const as of [MANAGER, 'central-head', 'central-deputy', 'office-clerk-1', 'data-clerk'])
      expect(await asked(as), as).toEqual(keeps);
    for (const as of ['director', 'auditor']) expect(await asked(as), as).toEqual([200, 200, 200, 200, 403, 403]);
    // Managed by the branch: other branches' seats know that it is there, and read nothing (Article 8).
    expect(await asked('east-head')).toEqual(Array(6).fill(403));
    expect(await asked('east-submitter')).toEqual(Array(6).fill(404));
    const codes = { path: ['accountId'], equals: id };
    expect(await prisma.auditEntry.count({ where: { act: 'projects.read', actorId: 'director', codes } })).toBe(1);
    expect(await prisma.auditEntry.count({ where: { act: 'projects.exported', codes } })).toBe(7);
  });

  test('of an account that was terminated is read and changed no more', async () => {
    const { id } = await account({ state: 'terminated' });
    const answer = await api.post(`/accounts/${id}/projects`, { as: 'office-clerk-1', body: project() });
    expect(answer).toMatchObject({ status: 409, body: { code: 'accountTerminated' } });
    const list = await api.get(`/accounts/${id}/projects`, { as: 'office-clerk-1' });
    expect(list).toMatchObject({ status: 200, body: { mayKeep: false } });
  });

  test.each([
    ['a region that is none', { regionCode: '999999' }, 'regionUnknown', 'regionCode'],
    ['an employer of another group', { employerId: 'other' }, 'employerNotOfGroup', 'employerId'],
    ['an amount finer than a fen', { amountYuan: '1.005' }, 'badAmount', 'amountYuan'],
    ['a negative amount', { amountYuan: '-1.00' }, 'badAmount', 'amountYuan'],
    ['an amount without end', { amountYuan: `${'9'.repeat(40)}.00` }, 'badAmount', 'amountYuan'],
    ['no name', { name: ' ' }, 'invalid', 'name'],
    ['a day that is none', { plannedOn: '2026-02-30' }, 'invalid', 'plannedOn'],
    ['a contract signed tomorrow', { contractedOn: TOMORROW }, 'dayInFuture', 'contractedOn'],
    [
      'an end before the start',
      { state: 'past', startedOn: TODAY, finishedOn: '2026-01-01' },
      'daysOutOfOrder',
      'finishedOn',
    ],
    ['a stage of another state', { stage: 'settled' }, 'stateDisagrees', 'stage'],
    [
      'a builder that is for the allocation to say',
      { regionCode: '310115', builderUnitId: 'east' },
      'builderByAllocation',
      'builderUnitId',
    ],
    ['a builder that is no unit', { state: 'building', builderUnitId: 'nobody' }, 'notFound', 'builderUnitId'],
  ])('with %s is refused, and the field is named', async (_, change, code, field) => {
    if ('employerId' in change) change = { employerId: (await account()).member };
    const before = await prisma.project.count({ where: { accountId: one.id } });
    const { body } = await api.post(`/accounts/${one.id}/projects`, { as: MANAGER, body: project(change) });
    expect({ code: body.code, field: body.field }).toEqual({ code, field });
    expect(await prisma.project.count({ where: { accountId: one.id } })).toBe(before);
  });

  test('in a region that no unit covers, or another, or two, is told and not refused (Article 7.2)', async () => {
    await prisma.territory.create({
      data: { id: randomUUID(), unitId: 'south', prefix: '310000', validFrom: new Date('2020-01-01') },
    });
    const told = async (regionCode: string) => {
      const { project: view } = await read(await entered(one.id, { regionCode }));
      return [view.place.kind, view.notes[0], view.builder];
    };
    expect(await told('650100')).toEqual(['uncovered', 'regionUncovered', null]);
    expect(await told('330100')).toEqual(['outside', 'crossRegion', null]);
    expect(await told('310115')).toEqual(['contested', 'regionContested', null]);
  });

  test('that an allocation gave to a unit keeps it while its region stays, and whoever had it open is told', async () => {
    const id = await entered(one.id, { regionCode: '330100' });
    const given = { projectId: id, unitId: 'east', actorId: null, caseId: 'a-case' };
    await inTransaction(deps, async (client) => ({ result: await giveProject(deps, client, given), doorbell: null }));
    expect((await put(id, 1, { regionCode: '330100' })).status).toBe(412);
    expect((await put(id, 2, { regionCode: '330100', builderUnitId: 'east' })).status).toBe(200);
    expect((await read(id)).project.builder.id).toBe('east');
    expect((await put(id, 3, { regionCode: '420106' })).status).toBe(200);
    expect((await read(id)).project.builder.id).toBe('central');
  });
});

describe('who builds a project across regions (Article 7.2)', () => {
  test('is asked from the project, once at a time, in its own words; and the question ends with the project', async () => {
    const { id: accountId } = await account();
    const id = await entered(accountId, { name: '示例跨区项目', regionCode: '330100' });
    const ask = (projectId: string) => {
      const body = { projectId, projectName: '不作数', regionCode: '110101' };
      return api.post(`/accounts/${accountId}/allocations`, { as: MANAGER, body });
    };
    const asked = await ask(id);
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    expect((await ask(id)).body.code).toBe('accountBusy');
    expect((await read(id)).allocation).toMatchObject({ caseId: asked.body.caseId, open: true });
    const allocation = await prisma.allocation.findUniqueOrThrow({ where: { caseId: asked.body.caseId } });
    expect(allocation).toMatchObject({ regionCode: '330100', amountFen: 5_000_000_000n, place: 'outside' });

    const headers = { 'If-Match': '"1"' };
    const cancelled = await api.post(`/projects/${id}/cancel`, { as: MANAGER, headers, body: { reason: '业主停建' } });
    expect(cancelled.status, JSON.stringify(cancelled.body)).toBe(200);
    expect(await prisma.case.findUniqueOrThrow({ where: { id: asked.body.caseId } })).toMatchObject({
      ending: 'lapsed',
    });
    expect((await ask(id)).body.code).toBe('projectCancelled');
    const other = await entered((await account()).id);
    expect((await ask(other)).body).toMatchObject({ code: 'notFound', field: 'projectId' });
  });

  test('is that unit’s at once inside its territory, and there is no more to give', async () => {
    const { id: accountId } = await account();
    const id = await entered(accountId, { regionCode: '420106' });
    const body = { projectId: id, projectName: '示例', regionCode: '420106' };
    const asked = await api.post(`/accounts/${accountId}/allocations`, { as: MANAGER, body });
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    const detail = await read(id);
    expect(detail.project).toMatchObject({ version: 1, builder: { id: 'central' } });
    expect(detail.allocation).toMatchObject({ caseId: asked.body.caseId, state: 'allocated', open: false });
  });
});

describe('secondary and tertiary operations (Article 6.4)', () => {
  const operation = (change: object = {}) => ({
    ...{ kindId: 'claim', state: 'claimed', claimedYuan: '1000000.00', on: TODAY, note: '延期索赔' },
    ...change,
  });

  test('are records of a project, added up by year, and more agreed than claimed is told', async () => {
    const { id: accountId } = await account();
    const id = await entered(accountId, { state: 'building', contractedOn: TODAY });
    const made = await api.post(`/projects/${id}/operations`, { as: MANAGER, body: operation() });
    expect(made.status).toBe(201);
    const change = (version: number, body: object) =>
      api.call('PUT', `/projects/${id}/operations/${made.body.id}`, {
        ...{ as: MANAGER, body, headers: { 'If-Match': `"${version}"` } },
      });
    const agreed = operation({ state: 'agreed', agreedYuan: '1200000.00' });
    const both = await Promise.all([change(1, agreed), change(1, operation({ state: 'refused' }))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const after = await change(2, agreed);
    expect(after.body.version).toBe(3);
    await api.post(`/projects/${id}/operations`, { as: MANAGER, body: operation({ kindId: 'collection' }) });
    const detail = await read(id);
    expect(detail.project.notes).toContain('agreedAboveClaimed');
    expect(detail.operations.map((each: { agreedAboveClaimed: boolean }) => each.agreedAboveClaimed)).toContain(true);
    expect(detail.history.map(({ act }: { act: string }) => act)).toContain('operationChanged');
    const { operations } = await totals(accountId);
    expect(operations).toContainEqual(
      expect.objectContaining({ year: YEAR, tier: 'secondary', claimedYuan: '1000000.00', agreedYuan: '1200000.00' }),
    );
  });

  test.each([
    ['of a kind that is none', { kindId: 'nothing' }, 'notFound', 'kindId'],
    ['claimed tomorrow', { on: TOMORROW }, 'dayInFuture', 'on'],
    ['agreed without an amount', { state: 'agreed' }, 'agreedAmount', 'agreedYuan'],
  ])('%s are refused', async (_, change, code, field) => {
    const id = await entered(one.id);
    const { body } = await api.post(`/projects/${id}/operations`, { as: MANAGER, body: operation(change) });
    expect({ code: body.code, field: body.field }).toEqual({ code, field });
  });

  test('have kinds that the office adds and retires; what was entered under one stays', async () => {
    const kind = { tier: 'secondary', name: '甲供材调差', nameEn: 'Owner’s materials' };
    expect((await api.post('/operation-kinds', { as: MANAGER, body: kind })).status).toBe(403);
    const added = await api.post('/operation-kinds', { as: 'office-clerk-1', body: kind });
    expect(added.status).toBe(201);
    expect((await api.post('/operation-kinds', { as: 'office-clerk-1', body: kind })).body.code).toBe('nameTaken');
    const id = await entered(one.id);
    const body = operation({ kindId: added.body.id });
    expect((await api.post(`/projects/${id}/operations`, { as: MANAGER, body })).status).toBe(201);
    expect((await api.post(`/operation-kinds/${added.body.id}/retire`, { as: 'office-clerk-1' })).status).toBe(200);
    expect((await api.post(`/projects/${id}/operations`, { as: MANAGER, body })).body.code).toBe('notFound');
    expect((await read(id)).operations[0].kind).toMatchObject({ name: '甲供材调差', retired: true });
  });
});

describe('contract totals (Article 12)', () => {
  const sheet = (id: string, ...rows: object[]) =>
    csv(rows.map((row) => ({ 档案编号或单位代码: id, 截至日期: TODAY, ...row }) as Record<string, string>));
  const brought = (content: string) => bring(api, 'data-clerk', 'contractTotals', content);

  test('come from the contract department too, by two persons and once, and a grade that no longer fits changes nothing', async () => {
    const { id } = await account();
    await entered(id, { amountYuan: '90000000.00', contractedOn: TODAY });
    const table = sheet(
      id,
      { 口径: '累计成交额', '金额（万元）': '8,000' },
      { 口径: '年度成交额', 年度: String(YEAR), '金额（万元）': '9000' },
    );
    const first = await brought(table);
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    expect(first.body).toMatchObject({ rows: 2, newRows: 2, refusedRows: 0 });
    const { body: report } = await api.get(`/imports/${first.body.id}/rows`, { as: 'data-clerk' });
    expect(report.items.map((row: { findings: { code: string }[] }) => row.findings.map(({ code }) => code))).toEqual([
      ['totalDiffers'],
      [],
    ]);
    const application = `/imports/${first.body.id}/application`;
    expect((await api.post(application, { as: 'data-clerk' })).status).toBe(403);
    expect((await api.post(application, { as: 'office-clerk-1' })).status).toBe(200);
    expect((await brought(table)).body.code).toBe('alreadyTakenOver');

    const view = await totals(id);
    expect(view.totals).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'cumulative', amountYuan: '80000000.00', otherYuan: '90000000.00' },
        ...{ source: 'contractDepartment', asOf: TODAY },
      }),
    );
    expect(view.grade).toMatchObject({ held: 'company', gives: 'below', fits: 'below', amountYuan: '80000000.00' });
    expect((await prisma.account.findUniqueOrThrow({ where: { id } })).grade).toBe('company');
  });

  test('of a table with a row that cannot stand are not taken over at all', async () => {
    const { id } = await account();
    const cumulative = { 口径: '累计成交额', '金额（万元）': '1' };
    const table = sheet(
      id,
      cumulative,
      cumulative,
      { ...cumulative, 年度: '2026' },
      { ...cumulative, 截至日期: TOMORROW },
    );
    const { body } = await brought(`${table}\n"nobody","${TODAY}","累计成交额","1"`);
    expect(body).toMatchObject({ rows: 5, newRows: 1, refusedRows: 4 });
    const { body: report } = await api.get(`/imports/${body.id}/rows`, { as: 'data-clerk' });
    expect(
      report.items.flatMap((row: { findings: { code: string }[] }) => row.findings.map(({ code }) => code)),
    ).toEqual([...['totalTwice', 'yearOfYearly', 'asOfInFuture', 'totalTwice', 'accountUnknown']]);
    const applied = await api.post(`/imports/${body.id}/application`, { as: 'office-clerk-1' });
    expect(applied.body.code).toBe('importRefused');
    expect(await prisma.contractTotal.count({ where: { accountId: id, source: 'contractDepartment' } })).toBe(0);
  });
});

test('the workbook holds amounts as numbers and is for who reads the file', async () => {
  const { status, headers } = await api.post(`/accounts/${one.id}/projects/export`, { as: MANAGER, body: {} });
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
});

test('verify adds the totals up anew, and finds what was changed beneath them', async () => {
  const problems = async () => {
    const client = await pool.connect();
    try {
      return projectProblems(await loadProjects(client)).map(({ at, problem }) => `${at}: ${problem}`);
    } finally {
      client.release();
    }
  };
  expect(await problems()).toEqual([]);
  const { id, member } = await account();
  const [first, second] = [await entered(id), await entered(id)];
  await prisma.project.update({ where: { id: first }, data: { amountFen: 1n, version: 7 } });
  const other = await account();
  await prisma.project.update({ where: { id: second }, data: { employerId: other.member } });
  expect(member).not.toBe(other.member);
  expect(await problems()).toEqual([
    `account ${id}: its contract totals are not what its projects add up to`,
    `project ${second}: its employer is of another client`,
    `project ${first}: its last change is not on record`,
  ]);
});
