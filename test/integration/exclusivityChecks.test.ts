import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { exclusivityProblems } from '../../cases/exclusivityAgreement.ts';
import { submit } from '../../cases/submission.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import type { RecommendationForm } from '../../forms/recommendation.ts';
import { startApi } from '../support/api.ts';
import { branchLevel, exampleForm, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;

const HELD = '武汉云岭示例城市建设集团有限公司';
const SHORT = '云岭城建';
const held = await company.submitted((form) => {
  branchLevel(form);
  form.client.name = HELD;
  form.client.shortName = SHORT;
  form.client.formerNames = ['武汉云岭示例旧城改造有限公司'];
});
const { form } = JSON.parse(
  JSON.stringify({ form: (await api.get(`/recommendations/${held}`, { as: 'central-submitter' })).body.form }),
);
await company.carryTo(held, 'established');
await prisma.account.updateMany({ where: { decisionCaseId: held }, data: { onList: true } });
const account = await prisma.account.findFirstOrThrow({ where: { decisionCaseId: held } });

const ask = (as: string, body: object) => api.post('/exclusivity-checks', { as, body });
const check = (as: string, body: object) => api.post('/clients/check', { as, body });
const notesOf = (personId: string, kind: string) => prisma.notification.count({ where: { personId, kind } });

describe('whatever is asked by, the answer is the same for a receipt and in the form (Article 7.3)', () => {
  test.each([
    ['the code', { code: form.client.uscc }],
    ['the name', { name: HELD }],
    ['the name in full width', { name: HELD.replace('集团', '集团　') }],
    ['the former name', { name: form.client.formerNames[0] }],
    ['a member’s code', { code: form.client.members[0].uscc }],
    ['a member’s name', { name: form.client.members[0].name }],
  ])('%s: held, by whom the list tells', async (_, asked) => {
    const [receipt, typed] = await Promise.all([ask('east-submitter', asked), check('east-submitter', asked)]);
    const answer = { result: 'held', holder: { id: 'central' }, accountId: account.id, names: [], withheld: false };
    expect(receipt.body.answer).toMatchObject(answer);
    expect(typed.body).toMatchObject(answer);
  });

  test.each([
    ['another legal form', '武汉市云岭示例城市建设有限责任公司', 'sameCore'],
    ['no place', '云岭示例城市建设有限公司', 'placeMissing'],
    ['the short name', SHORT, 'shortName'],
  ])('%s: near, with why and by whom it is held', async (_, name, why) => {
    const { body } = await check('east-submitter', { name });
    expect(body).toMatchObject({ result: 'near', names: [{ why, holder: { id: 'central' }, accountId: account.id }] });
  });
});

describe('a receipt', () => {
  test('is numbered in the order of asking, stands in the audit chain, is read by whom it concerns, and verified by whoever has it', async () => {
    const asked = { name: `示例未名${randomUUID().slice(0, 6)}有限公司` };
    const first = (await ask('east-submitter', asked)).body.receipt;
    const second = (await ask('south-submitter', asked)).body.receipt;
    expect(second.receiptNo).toBeGreaterThan(first.receiptNo);
    const entry = await prisma.auditEntry.findUniqueOrThrow({
      where: { stream_seq: { stream: first.auditStream, seq: first.auditSeq } },
    });
    expect(entry).toMatchObject({
      act: 'client.checked',
      codes: { receiptNo: first.receiptNo, receiptHash: first.hash },
    });
    expect(JSON.stringify(await prisma.exclusivityCheck.findUniqueOrThrow({ where: { id: first.id } }))).not.toContain(
      '未名',
    );
    const read = async (as: string) => (await api.get(`/exclusivity-checks/${first.id}`, { as })).status;
    expect(
      await Promise.all(['east-submitter', 'east-head', 'office-clerk-1', 'south-submitter', 'director'].map(read)),
    ).toEqual([200, 200, 200, 404, 404]);
    expect((await api.get('/exclusivity-checks', { as: 'east-submitter' })).body.items[0]).toMatchObject({
      id: first.id,
      names: [asked.name],
    });
    const all = await api.post('/exclusivity-checks/search', {
      as: 'office-clerk-1',
      body: { text: ` ${asked.name}` },
    });
    expect(all.body.items.map((item: { receiptNo: number }) => item.receiptNo)).toEqual([
      second.receiptNo,
      first.receiptNo,
    ]);
    const genuine = async (receiptNo: number, hash: string) =>
      (await api.post('/exclusivity-checks/verification', { as: 'director', body: { receiptNo, hash } })).body;
    expect(await genuine(first.receiptNo, first.hash)).toMatchObject({
      genuine: true,
      unit: { id: 'east' },
      kind: 'asked',
    });
    expect(await genuine(first.receiptNo, second.hash)).toEqual({ genuine: false, at: null, unit: null, kind: null });
    await expect(
      prisma.exclusivityCheck.update({ where: { id: first.id }, data: { outcome: 'held' } }),
    ).rejects.toThrow();
  });

  test('asked twice under one key is one receipt', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = { name: '示例重复请求有限公司' };
    const [one, other] = await Promise.all(
      [1, 2].map(() => api.post('/exclusivity-checks', { as: 'north-submitter', body, headers })),
    );
    expect(one?.body.receipt).toEqual(other?.body.receipt);
  });

  test('a submission has one too, which stands in its case’s chain', async () => {
    const caseId = await company.submitted();
    const receipt = await prisma.exclusivityCheck.findFirstOrThrow({ where: { caseId } });
    const [fact] = await company.facts(caseId, 'submitted');
    expect(fact).toMatchObject({
      seq: receipt.auditSeq,
      codes: { receiptNo: receipt.receiptNo, receiptHash: Buffer.from(receipt.hash ?? []).toString('hex') },
    });
    expect(receipt).toMatchObject({ kind: 'submitted', outcome: 'taken', auditStream: `case:${caseId}` });
  });

  test('of a check and a submission at one instant, who is told free asked before', async () => {
    for (let round = 0; round < 6; round++) {
      const wanted = exampleForm();
      const caseId = await company.draft((target) => void Object.assign(target, structuredClone(wanted)));
      const [asked] = await Promise.all([
        ask('east-submitter', { name: wanted.client.name }),
        submit(company.deps, { personId: 'central-submitter', caseId, key: randomUUID() }),
      ]);
      const submitted = await prisma.exclusivityCheck.findFirstOrThrow({ where: { caseId } });
      const { receiptNo, outcome } = asked.body.receipt;
      expect(outcome === 'inProgress').toBe(receiptNo > Number(submitted.receiptNo));
    }
  });
});

test('near names go to the office, whose judgement is remembered and merges nothing', async () => {
  const name = '武汉云岭示例城市建投有限公司';
  const clients = await prisma.client.count();
  await check('southwest-submitter', { name });
  const checks = () => prisma.exclusivityCheck.findMany({ where: { personId: 'southwest-submitter' } });
  const pairs = async () =>
    prisma.nearMatch.findMany({
      where: { checkId: { in: (await checks()).map(({ id }) => id) }, clientId: account.clientId },
    });
  // Typed in a form, it is put before nobody.
  expect(await pairs()).toEqual([]);
  await ask('southwest-submitter', { name });
  await ask('southwest-submitter', { name });
  const [pair] = await pairs();
  expect(await pairs()).toHaveLength(1);
  expect(await notesOf('office-clerk-1', 'nearMatchOpened')).toBe(1);
  const path = `/near-matches/${pair?.id}`;
  const of = async (as: string, state = 'open') =>
    (await api.get(`/near-matches?state=${state}`, { as })).body.items.filter(
      (each: { id: string }) => each.id === pair?.id,
    );
  expect(await of('office-clerk-1')).toMatchObject([
    { asked: name, name: HELD, person: { id: 'southwest-submitter' } },
  ]);
  expect([await of('southwest-head'), await of('south-head')]).toMatchObject([[{ asked: name }], []]);
  expect(
    (await api.post(`${path}/verdict`, { as: 'southwest-head', body: { verdict: 'same', reason: '同一家' } })).status,
  ).toBe(403);
  await api.post(`${path}/question`, { as: 'office-clerk-1', body: { question: '请说明与该集团的关系' } });
  expect(await notesOf('southwest-submitter', 'nearMatchAsked')).toBe(1);
  expect((await api.post(`${path}/word`, { as: 'south-head', body: { word: '无关' } })).status).toBe(404);
  await api.post(`${path}/word`, { as: 'southwest-head', body: { word: '无股权关系，仅名称相近' } });
  expect(await of('office-clerk-2')).toMatchObject([
    { word: '无股权关系，仅名称相近', question: '请说明与该集团的关系' },
  ]);
  const judged = await api.post(`${path}/verdict`, {
    as: 'office-clerk-2',
    body: { verdict: 'different', reason: '工商登记无关联' },
  });
  expect(judged.status).toBe(200);
  expect(
    (await api.post(`${path}/verdict`, { as: 'office-clerk-1', body: { verdict: 'same', reason: '再判' } })).body.code,
  ).toBe('taskClosed');
  expect((await ask('south-submitter', { name })).body.answer).toMatchObject({ result: 'free', names: [] });
  expect(await pairs()).toHaveLength(1);
  expect(await prisma.client.count()).toBe(clients);
});

test('a name judged to be the same is held like the name itself, by check and by submission', async () => {
  const name = '云岭示例城市建设有限公司';
  await ask('south-submitter', { name });
  const pair = await prisma.nearMatch.findFirstOrThrow({
    where: { why: 'placeMissing', state: 'open', clientId: account.clientId },
  });
  await api.post(`/near-matches/${pair.id}/verdict`, {
    as: 'office-head',
    body: { verdict: 'same', reason: '同一信用代码' },
  });
  expect((await check('east-submitter', { name })).body).toMatchObject({ result: 'held', holder: { id: 'central' } });
  const draft = await company.draft((wanted) => {
    wanted.client.name = name;
    wanted.client.codeType = 'other';
    delete wanted.client.uscc;
    wanted.client.members = [];
    wanted.client.formerNames = [];
  }, 'east-submitter');
  const refused = submit(company.deps, {
    personId: 'east-submitter',
    caseId: draft,
    outsideTerritoryReason: '邀请',
    key: randomUUID(),
  });
  await expect(refused).rejects.toMatchObject({ code: 'clientHeld' });
});

test('a recommendation with a name near to another’s in progress is taken, and put before the office', async () => {
  const serial = randomUUID().slice(0, 6);
  const named = (name: string) => (wanted: RecommendationForm) => {
    wanted.client.name = name;
  };
  await company.submitted(named(`宜昌示例港口${serial}建设集团有限公司`));
  const caseId = await company.submitted(named(`宜昌示例港口${serial}建设有限责任公司`));
  const receipt = await prisma.exclusivityCheck.findFirstOrThrow({ where: { caseId } });
  const [pair] = await prisma.nearMatch.findMany({ where: { checkId: receipt.id } });
  expect(pair).toMatchObject({ why: 'sameCore', state: 'open', clientId: null });
  const own = await api.get('/near-matches', { as: 'central-head' });
  expect(own.body.items.find((each: { id: string }) => each.id === pair?.id)).toMatchObject({ name: '', holder: null });
});

test('a receipt that was changed behind the system’s back, or whose audit entry says otherwise, is found', async () => {
  const client = await company.deps.pool.connect();
  try {
    const problems = async () => (await exclusivityProblems(client, company.deps.keys)).receipts;
    await client.query('BEGIN');
    expect(await problems()).toEqual([]);
    await client.query('ALTER TABLE exclusivity_checks DISABLE TRIGGER exclusivity_checks_append_only');
    await client.query("UPDATE exclusivity_checks SET at = at - interval '1 day' WHERE receipt_no = 1");
    expect(await problems()).toMatchObject([{ problem: 'does not say what its hash says' }]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});

describe('asking is limited and watched (Article 11)', async () => {
  const second = await startApi(company);
  const limits = { checksPerDay: 6, checkAlarmNames: 5, checkAlarmNear: 3 };
  const values = { ...defaultPolicy, ...limits };

  test('so many different clients a person a day, over all processes; the same again counts once', async () => {
    await prisma.policyVersion.create({
      data: { version: 99, effectiveFrom: new Date(Date.now() - 1000), values: values as object, note: '收紧' },
    });
    const as = 'north-head';
    const asked = (at: number) => ({ as, body: { name: `示例逐个查询${at}有限公司` } });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        (at % 2 ? api : second).post(at % 3 ? '/clients/check' : '/exclusivity-checks', asked(at)),
      ),
    );
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(6);
    expect(answers.filter(({ body }) => body.code === 'checkLimit')).toHaveLength(6);
    expect(await prisma.auditEntry.count({ where: { actorId: as, act: 'client.checkRefused' } })).toBe(6);
    const known = answers.findIndex(({ status }) => status < 300);
    expect((await second.post('/clients/check', asked(known))).body).toMatchObject({ left: 0 });
    expect(await notesOf('security-admin', 'fishingSuspected')).toBe(1);
    expect(await prisma.auditEntry.count({ where: { actorId: as, act: 'client.fishing' } })).toBe(1);
  });

  test('the security administrator and the auditor see who, how often and when, and no names', async () => {
    for (const as of ['security-admin', 'auditor']) {
      const { body } = await api.get('/exclusivity-checks/watch', { as });
      expect(body.items).toContainEqual(
        expect.objectContaining({ person: expect.objectContaining({ id: 'north-head' }), different: 6, near: 0 }),
      );
      expect(JSON.stringify(body)).not.toContain('示例');
    }
    expect((await api.get('/exclusivity-checks/watch', { as: 'office-head' })).status).toBe(403);
  });
});
