import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyStored } from '../../cases/verification.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma, pool, keys } = company.deps;

const NAME = '滨江示例大厦二期';
const REASON = '业主希望由当地单位承建。';
const WUHAN = '420100';
const GUANGZHOU = '440100';
const XINJIANG = '650100';
const clerk = 'office-clerk-1';

/** An account that central leads and south holds too. */
async function account(coHolders: readonly string[] = ['south']): Promise<string> {
  const id = randomUUID();
  await prisma.client.create({ data: { id, name: '云澜示例', nameKey: id, nearKey: id } });
  const rest = { grade: 'branch', managedBy: 'branch', state: 'active', onList: true, establishedOn: new Date() };
  await prisma.account.create({ data: { id, clientId: id, archiveNo: id, ...rest, decisionCaseId: id } });
  for (const [index, unitId] of ['central', ...coHolders].entries()) {
    const held = { id: randomUUID(), accountId: id, clientId: id, unitId, managerId: `${unitId}-manager` };
    const validFrom = new Date(Date.now() - 1000 * (10 - index));
    await prisma.holding.create({
      data: { ...held, kind: index === 0 ? 'lead' : 'co', validFrom, decisionCaseId: id },
    });
  }
  return id;
}

const start = (accountId: string, regionCode: string, as = 'central-manager', projectName = NAME) =>
  api.post(`/accounts/${accountId}/allocations`, {
    as,
    body: { projectName, regionCode, amountYuan: '260000000.00', reason: REASON },
  });

async function started(regionCode = GUANGZHOU, coHolders?: readonly string[]): Promise<string> {
  const answer = await start(await account(coHolders), regionCode);
  expect(answer.status).toBe(201);
  return answer.body.caseId;
}

const matterOf = async (caseId: string, as = clerk) => (await api.get(`/cases/${caseId}`, { as })).body.matter;

/** Everybody asked in the consultation has spoken, the co-holder and the client for the south. */
async function consulted(caseId: string): Promise<void> {
  await company.until('opinions', async () =>
    prisma.task.findFirst({ where: { caseId, kind: 'recordClientView', status: 'open' } }),
  );
  const tasks = await prisma.task.findMany({ where: { caseId, kind: 'giveUnitView', status: 'open' } });
  for (const { id, candidates } of tasks) {
    const unitId = String(candidates[0]?.split('@')[1]);
    const body = { action: 'state', body: { unitId: 'south', opinion: `${unitId}的意见` } };
    expect((await api.post(`/tasks/${id}/decisions`, { as: `${unitId}-deputy`, body })).status).toBe(200);
  }
  await company.answer(caseId, 'central-manager', 'recordClientView', 'state', { opinion: REASON });
}

/** Central takes its choice, the others have spoken, and the office is to propose. */
async function claimed(): Promise<string> {
  const caseId = await started();
  await company.answer(caseId, 'central-head', 'chooseFirst', 'claim');
  await consulted(caseId);
  await company.task(caseId, 'proposeBuilder');
  return caseId;
}

describe('a project inside the leading unit’s territory (Article 7.2)', () => {
  test('is that unit’s at once, on record, and nobody is asked', async () => {
    const caseId = await started(WUHAN);
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'allocated', unitId: 'central' });
    expect(await prisma.task.count({ where: { caseId } })).toBe(0);
    expect(await matterOf(caseId)).toMatchObject({
      ...{ projectName: NAME, regionCode: WUHAN, amountYuan: '260000000.00', builder: { id: 'central' }, choices: [] },
      place: { kind: 'inside', covering: [{ id: 'central' }], lead: { id: 'central' } },
    });
    const { body } = await api.get(`/cases/${caseId}/timeline`, { as: clerk });
    expect(body.items.map(({ kind, action }: { kind: string; action: string }) => [kind, action])).toEqual([
      ['decided', 'byTerritory'],
      ['concluded', null],
    ]);
  });
});

describe('a project across regions (Article 7.2)', () => {
  test('is offered to the leading unit, is spoken about, and is built by whom the committee decides for', async () => {
    const caseId = await claimed();
    expect(await matterOf(caseId)).toMatchObject({
      place: { kind: 'outside', covering: [{ id: 'south' }] },
      choices: [
        { unit: { id: 'central' }, is: 'claimed' },
        { unit: { id: 'south' }, is: 'notAsked' },
      ],
      opinions: [
        { of: 'unit', unit: { id: 'central' }, prefers: { id: 'south' }, text: 'central的意见', is: 'given' },
        { of: 'unit', unit: { id: 'south' }, is: 'given' },
        { of: 'client', prefers: null, text: REASON, is: 'given' },
      ],
    });
    await company.answer(caseId, clerk, 'proposeBuilder', 'propose', { unitId: 'central' });
    await company.voteAll(caseId, 'deciding', 'for');
    await company.state(caseId, 'allocated');
    expect(await matterOf(caseId)).toMatchObject({ builder: { id: 'central' }, proposal: { departs: false } });
  });

  test('goes to another than who chose only for a reason, and the units with a stake do not vote', async () => {
    const caseId = await claimed();
    const depart = (body: object) => company.answer(caseId, clerk, 'proposeBuilder', 'propose', body);
    await expect(depart({ unitId: 'south' })).rejects.toMatchObject({ code: 'reasonRequired', field: 'reason' });
    await expect(depart({ unitId: 'legal', reason: REASON })).rejects.toMatchObject({ code: 'invalid' });
    await depart({ unitId: 'south', reason: REASON });
    await company.task(caseId, 'vote', 'east-head');
    const { body } = await api.get(`/cases/${caseId}/ballots`, { as: clerk });
    const recused = body.items[0].roll.filter((entry: { recusal: string | null }) => entry.recusal);
    const units = recused.map((entry: { person: { id: string } }) => entry.person.id.split('-')[0]);
    expect(new Set(units)).toEqual(new Set(['central', 'south']));
    expect(await matterOf(caseId)).toMatchObject({
      proposal: { unit: { id: 'south' }, departs: true, reason: REASON },
    });
    await company.voteAll(caseId, 'deciding', 'for');
    await company.state(caseId, 'allocated');
    const { body: listed } = await api.get(`/accounts/${(await matterOf(caseId)).accountId}/allocations`, {
      as: clerk,
    });
    expect(listed.items).toMatchObject([{ caseId, projectName: NAME, builder: { id: 'south' }, place: 'outside' }]);
  });

  test('is offered to the co-holders in order of addition once the leading unit has left it', async () => {
    const caseId = await started(XINJIANG, ['east', 'south']);
    expect((await company.task(caseId, 'chooseFirst')).candidates).toContain('role:unitHead@central');
    await company.answer(caseId, 'central-deputy', 'chooseFirst', 'leave');
    const second = await company.until('the second', () =>
      prisma.task.findFirst({ where: { caseId, kind: 'chooseFirst', status: 'open', round: 2 } }),
    );
    expect(second.candidates).toContain('role:unitHead@east');
    await company.answer(caseId, 'east-head', 'chooseFirst', 'leave');
    const third = await company.until('the third', () =>
      prisma.task.findFirst({ where: { caseId, kind: 'chooseFirst', status: 'open', round: 3 } }),
    );
    expect(third.candidates).toContain('role:unitHead@south');
    await company.answer(caseId, 'south-head', 'chooseFirst', 'leave');
    // Nobody has a claim, and nobody's territory it is: the office may propose anybody without a reason.
    await consulted(caseId);
    expect(await matterOf(caseId)).toMatchObject({ place: { kind: 'uncovered', covering: [] } });
    await company.answer(caseId, clerk, 'proposeBuilder', 'propose', { unitId: 'north' });
    await company.voteAll(caseId, 'deciding', 'for');
    await company.state(caseId, 'allocated');
  });

  test('is not claimed by a unit that holds the account no more', async () => {
    const caseId = await started();
    const { accountId } = await prisma.allocation.findUniqueOrThrow({ where: { caseId } });
    await company.answer(caseId, 'central-head', 'chooseFirst', 'leave');
    await company.until('the second', () =>
      prisma.task.findFirst({ where: { caseId, kind: 'chooseFirst', status: 'open', round: 2 } }),
    );
    await prisma.holding.updateMany({ where: { accountId, unitId: 'south' }, data: { validTo: new Date() } });
    const late = company.answer(caseId, 'south-head', 'chooseFirst', 'claim');
    await expect(late).rejects.toMatchObject({ code: 'notHolder' });
  });

  test('is released by the committee, and after three refusals the director decides', async () => {
    const caseId = await claimed();
    await company.answer(caseId, clerk, 'proposeBuilder', 'release', { reason: REASON });
    await company.voteAll(caseId, 'releasing', 'for');
    await company.state(caseId, 'released');
    expect(await matterOf(caseId)).toMatchObject({ builder: null, proposal: { unit: null } });

    const other = await claimed();
    for (const unitId of ['central', 'east', 'north']) {
      await company.answer(other, clerk, 'proposeBuilder', 'propose', { unitId, reason: REASON });
      await company.voteAll(other, 'deciding', 'against');
    }
    await company.answer(other, 'director', 'decideBuilder', 'allocate', { unitId: 'south', reason: REASON });
    await company.state(other, 'allocated');
    expect(await matterOf(other)).toMatchObject({ builder: { id: 'south' }, proposal: { departs: true } });
  });

  test('lapses when the project is cancelled, by word of who works on it', async () => {
    const caseId = await started();
    const cancel = (as: string) => api.post(`/allocations/${caseId}/cancel`, { as, body: { reason: REASON } });
    expect((await cancel('south-head')).status).toBe(200);
    await company.state(caseId, 'lapsed');
    expect((await cancel('central-manager')).body.code).toBe('caseEnded');
    const refused = await started();
    const stranger = await api.post(`/allocations/${refused}/cancel`, { as: 'east-head', body: { reason: REASON } });
    expect([stranger.status, stranger.body.code]).toEqual([403, 'forbidden']);
  });
});

describe('whose territory a place is', () => {
  test('is told before anything is started, where two units cover it too', async () => {
    const accountId = await account();
    const seen = async (regionCode: string) =>
      (await api.get(`/accounts/${accountId}/project-places/${regionCode}`, { as: 'south-submitter' })).body;
    expect(await seen(WUHAN)).toMatchObject({ kind: 'inside', choosers: [{ id: 'central' }, { id: 'south' }] });
    expect(await seen(GUANGZHOU)).toMatchObject({ kind: 'outside', covering: [{ id: 'south' }] });
    expect(await seen(XINJIANG)).toMatchObject({ kind: 'uncovered', covering: [] });
    const overlap = { unitId: 'east', prefix: '4202', carveOut: false, validFrom: new Date('2020-01-01') };
    await prisma.territory.createMany({
      data: [
        { ...overlap, id: randomUUID() },
        { ...overlap, id: randomUUID(), unitId: 'central' },
      ],
    });
    expect(await seen('420200')).toMatchObject({ kind: 'contested', covering: [{ id: 'central' }, { id: 'east' }] });
    const { body } = await start(accountId, '420200');
    // A contradiction is not the leading unit's gain: both are heard.
    await company.answer(body.caseId, 'central-head', 'chooseFirst', 'claim');
    await company.task(body.caseId, 'recordClientView');
    const asked = await prisma.task.findMany({ where: { caseId: body.caseId, kind: 'giveUnitView' } });
    const units = asked.map(({ candidates }) => candidates[0]?.split('@')[1]);
    expect(units).toEqual(['central', 'south', 'east']);
  });
});

test('of two allocations of one project at the same instant one is opened; another project is free', async () => {
  const accountId = await account();
  const all = await Promise.all(
    ['central-manager', 'central-head', clerk, 'director'].map((as, index) =>
      start(accountId, GUANGZHOU, as, index % 2 ? NAME : ` ${NAME} `),
    ),
  );
  const codes = all.map(({ status, body }) => (status === 201 ? 'opened' : body.code)).sort();
  expect(codes).toEqual(['accountBusy', 'accountBusy', 'accountBusy', 'opened']);
  expect((await start(accountId, GUANGZHOU, clerk, '另一项目')).status).toBe(201);
});

test('who has nothing to do with the account starts nothing, and reads no project’s name', async () => {
  const accountId = await account();
  const codeOf = async (as: string, regionCode = GUANGZHOU) => {
    const { status, body } = await start(accountId, regionCode, as);
    return `${status} ${body.code}`;
  };
  expect(await codeOf('east-submitter')).toBe('403 forbidden');
  expect(await codeOf('central-submitter')).toBe('403 forbidden');
  expect(await codeOf(clerk, '429999')).toBe('422 invalid');
  expect((await start(accountId, GUANGZHOU)).status).toBe(201);
  const { body } = await api.get(`/accounts/${accountId}/allocations`, { as: 'east-submitter' });
  expect(body.items).toMatchObject([{ projectName: null, place: 'outside' }]);
  await prisma.account.update({ where: { id: accountId }, data: { state: 'terminated' } });
  expect(await codeOf(clerk)).toBe('409 accountTerminated');
});

test('everything stored of it verifies, and no project is named in plain text', async () => {
  const verification = await verifyStored({ pool, keys, files: api.deps.files, client: company.client });
  const cases = await prisma.case.findMany({ select: { id: true } });
  expect(verification.findings.filter(({ at }) => cases.some(({ id }) => at.includes(id)))).toEqual([]);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS found FROM facts f LEFT JOIN audit_entries a ON a.case_id = f.case_id LEFT JOIN case_accounts x ON x.case_id = f.case_id
     WHERE f.codes::text || coalesce(a.codes::text, '') || coalesce(x.alone, '') LIKE '%滨江%'`,
  );
  expect(rows).toEqual([{ found: 0 }]);
});
