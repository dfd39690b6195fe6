import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withdraw } from '../../cases/ending.ts';
import { membershipProblems } from '../../cases/membershipAgreement.ts';
import { submit } from '../../cases/submission.ts';
import type { RollEntry } from '../../domain/ballot.ts';
import { startApi } from '../support/api.ts';
import { branchLevel, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;
const { answer } = company;

const established = async () => {
  const caseId = await company.submitted(branchLevel);
  await company.carryTo(caseId, 'established');
  return prisma.account.findFirstOrThrow({ where: { decisionCaseId: caseId } });
};
const [one, other] = [await established(), await established()];
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

describe('a member comes to a group and leaves it by decision of the office (7.3)', () => {
  const member = (name = `示例成员${randomUUID().slice(0, 8)}有限公司`) => ({ name, relation: '控股子公司' });
  type Member = ReturnType<typeof member>;
  const propose = (as: string, accountId: string, body: object) =>
    api.post(`/accounts/${accountId}/memberships`, { as, body });
  const add = (accountId: string, given: Member, as = 'central-manager') =>
    propose(as, accountId, { change: 'add', member: given, evidence: '工商登记显示持股 60%' });
  const remove = (accountId: string, entityId: string) =>
    propose('central-head', accountId, { change: 'remove', entityId, evidence: '股权已转让' });
  const decided = async (caseId: string) => {
    await answer(caseId, 'office-clerk-1', 'examineMembership', 'accept');
    await answer(caseId, 'office-clerk-2', 'checkMembership', 'confirm');
    await company.state(caseId, 'changed');
  };
  const added = async (accountId: string, given: Member) => {
    const { body } = await add(accountId, given);
    await decided(body.caseId);
    return prisma.legalEntity.findFirstOrThrow({ where: { name: given.name } });
  };
  const check = async (given: Member) =>
    (await api.post('/clients/check', { as: 'east-submitter', body: { name: given.name } })).body.result;
  const covered = (given: Member) =>
    prisma.holdingEntity.findMany({ where: { entityKey: `name:${given.name}` }, orderBy: { validFrom: 'asc' } });

  test('from that instant every holding of the group covers it, lead and co; the second person is another', async () => {
    const lead = await prisma.holding.findFirstOrThrow({ where: { accountId: one.id } });
    const co = await prisma.holding.create({
      data: { ...lead, id: randomUUID(), kind: 'co', unitId: 'south', managerId: 'south-manager' },
    });
    const given = member();
    const { status, body } = await add(one.id, given);
    expect(status).toBe(201);
    expect(await check(given)).toBe('inProgress');
    await answer(body.caseId, 'office-clerk-1', 'examineMembership', 'accept', { opinion: '登记一致' });
    await expect(answer(body.caseId, 'office-clerk-1', 'checkMembership', 'confirm')).rejects.toMatchObject({
      code: 'separation',
    });
    // What the second person does not find in order is examined again.
    await answer(body.caseId, 'office-clerk-2', 'checkMembership', 'refuse', { reason: '缺股权证明' });
    await answer(body.caseId, 'office-head', 'examineMembership', 'accept');
    await answer(body.caseId, 'office-clerk-1', 'checkMembership', 'confirm');
    await company.state(body.caseId, 'changed');
    expect((await covered(given)).map(({ holdingId, kind, validTo }) => [holdingId, kind, validTo]).toSorted()).toEqual(
      [
        [lead.id, 'lead', null],
        [co.id, 'co', null],
      ].toSorted(),
    );
    expect(await prisma.legalEntity.findFirstOrThrow({ where: { name: given.name } })).toMatchObject({
      clientId: one.clientId,
      validTo: null,
    });
    expect(await check(given)).toBe('inProgress');
    await prisma.holdingEntity.deleteMany({ where: { holdingId: co.id } });
    await prisma.holding.delete({ where: { id: co.id } });
  });

  test('of two groups that want it at the same instant one gets it, and the other is told', async () => {
    for (let round = 0; round < 5; round++) {
      const given = member();
      const answers = await Promise.all([add(one.id, given), add(other.id, given, 'office-clerk-1')]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      const refused = answers.find(({ status }) => status === 409);
      expect(refused?.body.code).toBe('memberInProgress');
      const taken = await prisma.recommendationEntity.count({ where: { entityKey: `name:${given.name}`, open: true } });
      expect(taken).toBe(1);
    }
  });

  test('one that belongs to a group, or is being recommended, is refused, and by whom is told to who may know', async () => {
    const given = member();
    await added(one.id, given);
    expect((await add(one.id, given)).body).toMatchObject({ code: 'memberHere' });
    const { name } = await prisma.client.findUniqueOrThrow({ where: { id: one.clientId } });
    const elsewhere = [await add(other.id, given), await add(other.id, given, 'office-clerk-1')];
    expect(elsewhere.map(({ body }) => [body.code, body.params.client])).toEqual([
      ['memberElsewhere', 'askOffice'],
      ['memberElsewhere', name],
    ]);
    const wanted = member();
    const draft = await company.draft((form) => {
      Object.assign(form.client, { name: wanted.name, codeType: 'other', members: [], formerNames: [] });
      delete form.client.uscc;
    });
    await submit(company.deps, { personId: 'central-submitter', caseId: draft, key: randomUUID() });
    const { number } = await company.caseRow(draft);
    const busy = [await add(one.id, wanted), await add(one.id, wanted, 'office-clerk-1')];
    expect(busy.map(({ body }) => [body.code, body.params.which])).toEqual([
      ['memberInProgress', 'askOffice'],
      ['memberInProgress', number],
    ]);
  });

  test('one that left is free, and may come to another group; its time in the first stays on record', async () => {
    const given = member();
    const entity = await added(one.id, given);
    const { body } = await remove(one.id, entity.id);
    expect((await remove(one.id, entity.id)).body.code).toBe('memberInProgress');
    await decided(body.caseId);
    expect(await check(given)).toBe('free');
    expect(await covered(given)).toMatchObject([{ validTo: expect.any(Date) }]);
    expect((await remove(one.id, entity.id)).status).toBe(404);
    await added(other.id, given);
    expect(await prisma.legalEntity.findUniqueOrThrow({ where: { id: entity.id } })).toMatchObject({
      clientId: other.clientId,
      validTo: null,
    });
    expect(await covered(given)).toMatchObject([{ validTo: expect.any(Date) }, { validTo: null }]);
    const back = await remove(other.id, entity.id);
    await decided(back.body.caseId);
    await added(one.id, given);
    expect(await covered(given)).toHaveLength(3);
  });

  test('what stands in register and holdings agrees with what was decided; otherwise it is found', async () => {
    const client = await company.deps.pool.connect();
    try {
      expect(await membershipProblems(client)).toEqual([]);
      const given = member();
      const entity = await added(one.id, given);
      await client.query('BEGIN');
      await client.query('DELETE FROM holding_entities WHERE entity_key = $1', [entity.entityKey]);
      await client.query('UPDATE legal_entities SET valid_to = valid_from WHERE id = $1', [entity.id]);
      const problems = (await membershipProblems(client)).map(({ problem }) =>
        problem.replace(/holding \S+/, 'holding'),
      );
      expect(problems).toEqual(['holding does not cover its member', 'its member is not in the group']);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  test('the client itself does not leave; who does not keep the file proposes nothing; what is withdrawn is free', async () => {
    const main = await prisma.legalEntity.findFirstOrThrow({ where: { clientId: one.clientId, relation: null } });
    expect((await remove(one.id, main.id)).body.code).toBe('memberIsClient');
    const given = member();
    expect((await add(one.id, given, 'central-submitter')).status).toBe(403);
    expect((await add(one.id, given, 'east-submitter')).status).toBe(404);
    const { body } = await add(one.id, given);
    await company.task(body.caseId, 'examineMembership');
    await withdraw(company.deps, {
      personId: 'central-manager',
      caseId: body.caseId,
      reason: '另行办理',
      key: randomUUID(),
    });
    await company.state(body.caseId, 'withdrawn');
    expect(await check(given)).toBe('free');
  });

  test('what it is about is shown to who works on it, and to nobody else', async () => {
    const given = member();
    const { body } = await add(one.id, given);
    await company.task(body.caseId, 'examineMembership');
    const seen = await api.get(`/cases/${body.caseId}`, { as: 'office-clerk-1' });
    expect(seen.body.matter).toMatchObject({
      process: 'membership',
      change: 'add',
      member: { name: given.name },
      evidence: expect.any(String),
    });
    expect((await api.get(`/cases/${body.caseId}`, { as: 'auditor' })).body.matter).toBeNull();
    expect((await api.get(`/cases/${body.caseId}`, { as: 'east-submitter' })).status).toBe(404);
  });
});

describe('a breach of exclusivity is reported with evidence and decided by the committee (7.3)', () => {
  const report = (body: object = {}, as = 'central-manager') =>
    api.post(`/accounts/${one.id}/breaches`, {
      as,
      body: { accusedUnitId: 'east', happenedOn: day, evidence: '客户反映华东分公司上门洽谈', ...body },
    });
  const reads = async (caseId: string, as: string) => (await api.get(`/cases/${caseId}`, { as })).status;

  test('admitted, it goes to the accused unit for its word, then to the vote without both units, and is upheld with what follows', async () => {
    const { body } = await report();
    const caseId = body.caseId;
    await company.task(caseId, 'admitBreach');
    expect(await reads(caseId, 'east-submitter')).toBe(404);
    await answer(caseId, 'office-clerk-1', 'admitBreach', 'admit', { opinion: '证据初步成立' });
    await company.task(caseId, 'stateBreach');
    expect(await reads(caseId, 'east-submitter')).toBe(200);
    expect(await reads(caseId, 'north-submitter')).toBe(404);
    await answer(caseId, 'east-head', 'stateBreach', 'state', { statement: '系客户主动来访' });
    await company.task(caseId, 'vote', 'north-head');
    const roll = (await company.ballot(caseId, 'deciding')).roll as unknown as RollEntry[];
    const struck = roll.filter((entry) => entry.recusal === 'rule').map(({ personId }) => personId.split('-')[0]);
    expect(new Set(struck)).toEqual(new Set(['central', 'east']));
    await company.voteAll(caseId, 'deciding', 'for');
    await answer(caseId, 'office-head', 'concludeBreach', 'record', { consequence: '责令停止接触，移交客户资料' });
    await company.state(caseId, 'upheld');
    const { matter } = (await api.get(`/cases/${caseId}`, { as: 'east-head' })).body;
    expect(matter).toMatchObject({
      accused: { id: 'east' },
      holder: { id: 'central' },
      statement: '系客户主动来访',
      consequence: '责令停止接触，移交客户资料',
    });
    expect(await prisma.notification.count({ where: { personId: 'east-head', caseId, kind: 'caseConcluded' } })).toBe(
      1,
    );
  });

  test('dismissed by the office, or not found by the committee, it is unfounded', async () => {
    const dismissed = (await report()).body.caseId;
    await answer(dismissed, 'office-clerk-1', 'admitBreach', 'dismiss', { reason: '无证据' });
    await company.state(dismissed, 'unfounded');
    expect(await reads(dismissed, 'east-submitter')).toBe(404);
    const refused = (await report({}, 'office-clerk-1')).body.caseId;
    await expect(answer(refused, 'office-clerk-1', 'admitBreach', 'admit')).rejects.toMatchObject({
      code: 'separation',
    });
    await answer(refused, 'office-clerk-2', 'admitBreach', 'admit');
    await answer(refused, 'east-deputy', 'stateBreach', 'state', { statement: '没有接触' });
    await company.voteAll(refused, 'deciding', 'against');
    await company.state(refused, 'unfounded');
  });

  test('what cannot be one is refused', async () => {
    const refusals = await Promise.all([
      report({ accusedUnitId: 'central' }),
      report({ accusedUnitId: 'nowhere' }),
      report({ happenedOn: '2099-01-01' }),
      report({ evidence: ' ' }),
      report({}, 'north-head'),
    ]);
    expect(refusals.map(({ status, body }) => [status, body.field])).toEqual([
      [422, 'accusedUnitId'],
      [422, 'accusedUnitId'],
      [422, 'happenedOn'],
      [422, 'evidence'],
      [403, undefined],
    ]);
  });
});
