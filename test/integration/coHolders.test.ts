import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { proposeCoRecommended } from '../../cases/coHolders.ts';
import { verifyStored } from '../../cases/verification.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma, pool, keys } = company.deps;

const REASON = '客户在华南另有百亿投资计划，一家单位难以覆盖。';
const proposal = (unitId: string) => ({ unitId, reason: REASON, regionCodes: ['440000'], volumeYuan: '300000000.00' });

/** An account of central's on the list, so that all know of it. */
async function heldByCentral(onList = true): Promise<string> {
  const id = randomUUID();
  await prisma.client.create({ data: { id, name: '云澜示例', nameKey: id, nearKey: id } });
  const rest = { grade: 'branch', managedBy: 'branch', state: 'active', onList, establishedOn: new Date() };
  await prisma.account.create({ data: { id, clientId: id, archiveNo: id, ...rest, decisionCaseId: id } });
  await hold(id, 'central', 'central-manager', 'lead');
  return id;
}

async function hold(accountId: string, unitId: string, managerId: string, kind: string): Promise<string> {
  const id = randomUUID();
  const data = { id, accountId, clientId: accountId, unitId, managerId, kind, decisionCaseId: accountId };
  await prisma.holding.create({ data: { ...data, validFrom: new Date() } });
  await prisma.holdingEntity.create({
    data: { holdingId: id, entityKey: `name:${accountId}`, kind, validFrom: new Date() },
  });
  return id;
}

async function proposed(accountId: string, as = 'south-submitter', unitId = 'south'): Promise<string> {
  const answer = await api.post(`/accounts/${accountId}/co-holders`, { as, body: proposal(unitId) });
  expect(answer.status).toBe(201);
  return answer.body.caseId;
}

async function nominated(accountId: string, unitId = 'south', managerId = `${unitId}-manager`): Promise<string> {
  const caseId = await proposed(accountId, `${unitId}-submitter`, unitId);
  await company.voteAll(caseId, 'deciding', 'for');
  await company.answer(caseId, `${unitId}-deputy`, 'nominate', 'nominate', { managerId });
  return caseId;
}

const current = (accountId: string) =>
  prisma.holding.findMany({ where: { accountId, validTo: null }, orderBy: [{ kind: 'desc' }, { validFrom: 'asc' }] });

describe('a co-holder (Article 7.4)', () => {
  test('is proposed by its unit, decided without the two units, nominated, confirmed, and holds what the leading unit holds', async () => {
    const accountId = await heldByCentral();
    const caseId = await proposed(accountId);
    await company.task(caseId, 'vote', 'east-head');
    const { body: ballots } = await api.get(`/cases/${caseId}/ballots`, { as: 'office-clerk-1' });
    const recused = ballots.items[0].roll.filter((entry: { recusal: string | null }) => entry.recusal === 'rule');
    expect(recused.map((entry: { person: { id: string } }) => entry.person.id).sort()).toEqual([
      'central-deputy',
      'central-head',
      'south-deputy',
      'south-head',
    ]);
    expect(ballots.items[0].matter).toBe('ratify');
    const { body: seen } = await api.get(`/cases/${caseId}`, { as: 'east-head' });
    expect(seen).toMatchObject({ process: 'coHolder', state: 'deciding', unit: { id: 'south' } });
    expect(seen.number).toMatch(/^K-\d{4}-\d{4}$/);
    expect(seen.matter).toMatchObject({
      ...{ accountId, unit: { id: 'south' }, lead: { id: 'central' }, secondManager: false, reason: REASON },
      ...{ regionCodes: ['440000'], volumeYuan: '300000000.00', nominee: null, coRecommended: false },
    });
    await company.voteAll(caseId, 'deciding', 'for');
    await company.answer(caseId, 'south-submitter', 'nominate', 'nominate', { managerId: 'south-manager' });
    await company.voteAll(caseId, 'confirming', 'for');
    await company.state(caseId, 'added');
    const [, added] = await current(accountId);
    expect(added).toMatchObject({ unitId: 'south', managerId: 'south-manager', kind: 'co', decisionCaseId: caseId });
    const covers = await prisma.holdingEntity.findMany({ where: { holdingId: added?.id ?? '' } });
    expect(covers).toMatchObject([{ entityKey: `name:${accountId}`, kind: 'co', validTo: null }]);
    const { body: listed } = await api.get(`/accounts/${accountId}/co-holders`, { as: 'south-head' });
    expect(listed.items).toMatchObject([{ unit: { id: 'south' }, manager: { id: 'south-manager' }, mayEnd: 'yes' }]);
    expect(listed.proposable.map(({ id }: { id: string }) => id)).toContain('east');
  });

  test('is refused by the committee', async () => {
    const accountId = await heldByCentral();
    const caseId = await proposed(accountId, 'vice-director-1', 'south');
    await company.voteAll(caseId, 'deciding', 'against');
    await company.state(caseId, 'refused');
    expect(await current(accountId)).toHaveLength(1);
  });

  test('may be a second manager in the same unit, and never one who is a manager of the account already', async () => {
    const accountId = await heldByCentral();
    const caseId = await proposed(accountId, 'central-submitter', 'central');
    await company.voteAll(caseId, 'deciding', 'for');
    const again = company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: 'central-manager' });
    await expect(again).rejects.toMatchObject({ code: 'nomineeUnfit', params: { why: 'alreadyManager' } });
    await company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: 'central-manager-2' });
    await company.voteAll(caseId, 'confirming', 'for');
    await company.state(caseId, 'added');
    const held = (await current(accountId)).map(({ unitId, managerId, kind }) => [unitId, managerId, kind]);
    expect(held).toEqual([
      ['central', 'central-manager', 'lead'],
      ['central', 'central-manager-2', 'co'],
    ]);
  });

  test('is named by the director after three refusals', async () => {
    const accountId = await heldByCentral();
    const caseId = await proposed(accountId);
    await company.voteAll(caseId, 'deciding', 'for');
    for (const managerId of ['south-manager', 'south-submitter', 'south-deputy']) {
      await company.answer(caseId, 'south-submitter', 'nominate', 'nominate', { managerId });
      await company.voteAll(caseId, 'confirming', 'against');
    }
    await company.answer(caseId, 'director', 'appoint', 'appoint', { managerId: 'south-head' });
    await company.state(caseId, 'added');
    expect((await current(accountId)).at(-1)).toMatchObject({ managerId: 'south-head', kind: 'co' });
  });

  test('who left between confirmation and entry leaves the holding to the unit', async () => {
    const accountId = await heldByCentral();
    const caseId = await nominated(accountId, 'east');
    await company.until('ballot', () => prisma.ballot.findFirst({ where: { caseId, step: 'confirming' } }));
    await company.stopWorker();
    await company.voteAll(caseId, 'confirming', 'for');
    await prisma.person.update({ where: { id: 'east-manager' }, data: { active: false } });
    await company.startWorker();
    await company.state(caseId, 'added');
    await prisma.person.update({ where: { id: 'east-manager' }, data: { active: true } });
    expect((await current(accountId)).at(-1)).toMatchObject({ unitId: 'east', managerId: null, kind: 'co' });
  });

  test('who left while the committee was voting is nominated anew', async () => {
    const accountId = await heldByCentral();
    const caseId = await nominated(accountId, 'north');
    await company.until('ballot', () => prisma.ballot.findFirst({ where: { caseId, step: 'confirming' } }));
    await prisma.person.update({ where: { id: 'north-manager' }, data: { active: false } });
    await company.client.workflow.getHandle(`coHolder:${caseId}`).signal('decided', { seq: 0 });
    const { round } = await company.until('second nomination', () =>
      prisma.task.findFirst({ where: { caseId, kind: 'nominate', status: 'open', round: 2 } }),
    );
    await prisma.person.update({ where: { id: 'north-manager' }, data: { active: true } });
    expect(round).toBe(2);
  });

  test('of proposals for one unit at the same instant one is taken', async () => {
    const accountId = await heldByCentral();
    const asked = await Promise.all(
      ['south-submitter', 'south-head', 'director', 'office-clerk-1'].map((as) =>
        api.post(`/accounts/${accountId}/co-holders`, { as, body: proposal('south') }),
      ),
    );
    const codes = asked.map(({ status, body }) => (status === 201 ? 'taken' : body.code)).sort();
    expect(codes).toEqual(['accountBusy', 'accountBusy', 'accountBusy', 'taken']);
    await proposed(accountId, 'east-head', 'east');
  });

  test('is proposed by officers for their own unit alone, with a reason and what justifies it', async () => {
    const [listed, hidden] = await Promise.all([heldByCentral(), heldByCentral(false)]);
    const ask = async (as: string, body: object, accountId = listed) => {
      const answer = await api.post(`/accounts/${accountId}/co-holders`, { as, body });
      return answer.status === 201 ? 201 : `${answer.status} ${answer.body.code} ${answer.body.field ?? ''}`.trim();
    };
    expect(await ask('south-submitter', proposal('east'))).toBe('403 forbidden');
    expect(await ask('south-manager', proposal('south'))).toBe('403 forbidden');
    expect(await ask('south-submitter', proposal('south'), hidden)).toBe('404 notFound');
    expect(await ask('director', proposal('legal'))).toBe('422 invalid unitId');
    expect(await ask('director', proposal('no-such-unit'))).toBe('422 invalid unitId');
    expect(await ask('director', { ...proposal('south'), reason: ' ' })).toMatch(/^422/);
    expect(await ask('director', { unitId: 'south', reason: REASON })).toMatch(/^422 .*regionCodes$/);
    await prisma.account.update({ where: { id: listed }, data: { state: 'terminated' } });
    expect(await ask('director', proposal('south'))).toBe('409 accountTerminated');
  });

  test('ends with its unit’s wish, or by the office with the document in which the unit consents', async () => {
    const accountId = await heldByCentral();
    const lead = (await current(accountId))[0]?.id;
    const [own, other] = [
      await hold(accountId, 'south', 'south-manager', 'co'),
      await hold(accountId, 'east', 'east-manager', 'co'),
    ];
    const end = async (as: string, holdingId: string | undefined, body: object) => {
      const answer = await api.post(`/accounts/${accountId}/co-holders/${holdingId}/end`, { as, body });
      return answer.status === 201 ? answer.body.caseId : `${answer.status} ${answer.body.code}`;
    };
    expect(await end('east-head', own, { reason: REASON })).toBe('403 forbidden');
    expect(await end('office-clerk-1', own, { reason: REASON })).toBe('422 missing');
    expect(await end('central-head', lead, { reason: REASON })).toBe('404 notFound');
    const [first, second] = [
      await end('south-head', own, { reason: REASON }),
      await end('office-clerk-1', other, { reason: REASON, consentDocument: '华东〔2026〕12号' }),
    ];
    for (const caseId of [first, second]) {
      expect(await company.caseRow(caseId)).toMatchObject({ process: 'coHolder', state: 'ended' });
    }
    expect(await end('south-head', own, { reason: REASON })).toBe('404 notFound');
    expect(await current(accountId)).toHaveLength(1);
    const covers = await prisma.holdingEntity.findMany({ where: { holdingId: { in: [own, other] } } });
    expect(covers.every(({ validTo }) => validTo !== null)).toBe(true);
  });
});

test('an accepted co-recommendation becomes a proposal once the client is a key account, once', async () => {
  const accountId = await heldByCentral(false);
  const id = randomUUID();
  const row = { id, caseId: accountId, unitId: 'southwest', personId: 'southwest-submitter', secret: Buffer.of(1) };
  await prisma.coRecommendation.create({ data: { ...row, status: 'unitAccepted', askedAt: new Date() } });
  expect(await proposeCoRecommended(company.deps)).toEqual([]);
  await prisma.coRecommendation.update({ where: { id }, data: { status: 'accepted' } });
  const opened = (await Promise.all([1, 2, 3].map(() => proposeCoRecommended(company.deps)))).flat();
  expect(opened).toHaveLength(1);
  expect(await proposeCoRecommended(company.deps)).toEqual([]);
  const [caseId = ''] = opened;
  expect(await company.caseRow(caseId)).toMatchObject({ unitId: 'southwest', submitterId: 'southwest-submitter' });
  await company.voteAll(caseId, 'deciding', 'for');
  await company.answer(caseId, 'southwest-deputy', 'nominate', 'nominate', { managerId: 'southwest-manager' });
  await company.voteAll(caseId, 'confirming', 'for');
  await company.state(caseId, 'added');
});

test('everything stored of it verifies, and what was written is nowhere in plain text', async () => {
  const verification = await verifyStored({ pool, keys, files: api.deps.files, client: company.client });
  const cases = await prisma.case.findMany({ select: { id: true } });
  const found = verification.findings.filter(({ at }) => cases.some(({ id }) => at.includes(id)));
  expect(found).toEqual([]);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS found FROM facts f LEFT JOIN audit_entries a ON a.case_id = f.case_id WHERE f.codes::text || coalesce(a.codes::text, '') LIKE '%百亿%'`,
  );
  expect(rows).toEqual([{ found: 0 }]);
});
