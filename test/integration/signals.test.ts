import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { issueReference } from '../../cases/bySignal.ts';
import { decide } from '../../cases/decision.ts';
import { localDay } from '../../domain/calendar.ts';
import { type Answer, startApi } from '../support/api.ts';
import { branchLevel, startCompany } from '../support/company.ts';
import { type Jar, jarOf } from '../support/jar.ts';

const company = await startCompany();
const api = await startApi(company);
const { deps } = company;
const { prisma } = deps;

const signal = (caseId: string, ...args: unknown[]) =>
  company.client.workflow.getHandle(`recommendation:${caseId}`).signal('decide', ...args);

/** A signal as any program may send it, whatever its payloads hold. */
const raw = (caseId: string, payloads: { metadata?: Record<string, Uint8Array>; data?: Uint8Array }[]) =>
  company.client.workflowService.signalWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: `recommendation:${caseId}` },
    signalName: 'decide',
    input: { payloads },
  });

const plain = (text: string) => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(text) });

const denials = (caseId: string) =>
  prisma.auditEntry.findMany({ where: { caseId, act: { contains: 'denied' } }, orderBy: { seq: 'asc' } });

/** Waits until so many signals have been refused, and says why. */
const refusals = async (caseId: string, count: number) => {
  const entries = await company.until(`${count} denials`, async () => {
    const found = await denials(caseId);
    return found.length >= count ? found : null;
  });
  return entries.map(({ codes }) => (codes as { code?: string }).code);
};

async function endorsing(): Promise<{ caseId: string; taskId: string }> {
  const caseId = await company.submitted(branchLevel);
  return { caseId, taskId: (await company.task(caseId, 'endorse')).id };
}

const endorsement = { action: 'endorse', body: { opinion: '同意' } };
const referenceFor = async (
  taskId: string,
  more: { personId?: string; action?: string; body?: unknown; minutes?: number } = {},
) => {
  const request = { personId: 'central-head', taskId, minutes: 10, ...endorsement, ...more };
  const under = { sessionId: await company.sessionOf(request.personId) };
  return (await issueReference(deps, { ...request, under, key: randomUUID() })).reference;
};

describe('whatever arrives', () => {
  test('garbage of every kind changes nothing, is audited, and the case goes on to its end', async () => {
    const { caseId, taskId } = await endorsing();
    const seq = (await company.caseRow(caseId)).seq;
    const deep = JSON.parse(`${'['.repeat(60)}1${']'.repeat(60)}`);
    const garbage: unknown[][] = [
      [],
      [null],
      [42],
      ['endorse'],
      [[taskId, 'endorse']],
      [{}],
      [{ taskId: 7, action: 'endorse' }],
      [{ taskId, action: { toString: 'endorse' } }],
      [{ taskId, action: 'endorse', admin: true }],
      [{ taskId, action: 'endorse', reference: 'x'.repeat(101) }],
      [{ taskId: `${taskId}\u0000`, action: 'endorse' }],
      [{ taskId, action: 'endorse\u0000', reference: 'nothing' }],
      [{ taskId, action: 'endorse', operatorId: 'system-admin\u0000', personId: 'central-head' }],
      [{ taskId, action: 'endorse', operatorId: 'system-admin', personId: 'central-head\ud800' }],
      [{ taskId: 'x'.repeat(10_000), action: 'endorse' }],
      [{ taskId, action: '__proto__', body: deep, operatorId: 'system-admin', personId: 'central-head' }],
      [{ undecodable: true }],
    ];
    for (const args of garbage) await signal(caseId, ...args);
    const encrypted = { encoding: Buffer.from('binary/encrypted') };
    const payloads = [
      [plain('{"taskId":')],
      [plain('['.repeat(10_000) + ']'.repeat(10_000))],
      [{ metadata: encrypted, data: randomBytes(200) }],
      [{ metadata: encrypted }],
      [{ metadata: { encoding: Buffer.from('json/protobuf') }, data: Buffer.from('{}') }],
      [{ data: Buffer.from([0xff, 0xfe]) }],
      [plain('{}'), plain('{}'), plain('{}')],
    ];
    for (const each of payloads) await raw(caseId, each);
    const codes = await refusals(caseId, garbage.length + payloads.length);
    expect(new Set(codes)).toEqual(new Set(['invalid', 'operatorSignal']));
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'endorsing', seq });
    await company.carryTo(caseId, 'established');
    const result = company.client.workflow.getHandle(`recommendation:${caseId}`).result();
    expect(await result).toBe('established');
    expect(await denials(caseId)).toHaveLength(garbage.length + payloads.length);
  });

  test('a task of another case, or none at all, is not found', async () => {
    const { caseId } = await endorsing();
    const other = await endorsing();
    await signal(caseId, { taskId: other.taskId, ...endorsement, reference: await referenceFor(other.taskId) });
    await signal(caseId, { taskId: randomUUID(), ...endorsement, reference: 'nothing' });
    expect(await refusals(caseId, 2)).toEqual(['notFound', 'notFound']);
    for (const id of [caseId, other.caseId]) expect(await company.caseRow(id)).toMatchObject({ state: 'endorsing' });
    expect(await company.facts(other.caseId, 'decided')).toEqual([]);
  });
});

describe('with a reference it is the decision of the person it was issued to', () => {
  test('sent by hand in plain text it decides, through the same guard', async () => {
    const { caseId, taskId } = await endorsing();
    const reference = await referenceFor(taskId);
    await raw(caseId, [plain(JSON.stringify({ taskId, ...endorsement, reference }))]);
    await company.state(caseId, 'screening');
    expect(await company.facts(caseId, 'decided')).toMatchObject([
      { actorId: 'central-head', onBehalfOf: null, enteredBy: null, action: 'endorse' },
    ]);
    expect(await denials(caseId)).toEqual([]);
  });

  test('asked for again under the same key it is the same one, on record once; under another key another', async () => {
    const { taskId } = await endorsing();
    const ask = (key: string) =>
      api.post(`/tasks/${taskId}/signal-references`, {
        as: 'central-head',
        body: endorsement,
        headers: { 'Idempotency-Key': key },
      });
    const key = randomUUID();
    const [first, again, other] = [await ask(key), await ask(key), await ask(randomUUID())];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(other.body.reference).not.toBe(first.body.reference);
    expect(await prisma.signalReference.count({ where: { taskId } })).toBe(2);
    expect(await prisma.auditEntry.count({ where: { taskId, act: 'signalReference.made' } })).toBe(2);
  });

  test('a hundred duplicates make one decision, and used up it serves for nothing else', async () => {
    const { caseId, taskId } = await endorsing();
    const message = { taskId, ...endorsement, reference: await referenceFor(taskId) };
    await Promise.all(Array.from({ length: 100 }, () => signal(caseId, message)));
    await company.state(caseId, 'screening');
    await signal(caseId, { ...message, body: { opinion: '不同意' } });
    await signal(caseId, { ...message, taskId: (await company.task(caseId, 'screen')).id });
    expect(await refusals(caseId, 2)).toEqual(['keyReused', 'referenceInvalid']);
    expect(await company.facts(caseId, 'decided')).toHaveLength(1);
    await company.carryTo(caseId, 'evaluating');
  });

  test('another body, another action, an unknown or an expired reference changes nothing and does not use it up', async () => {
    const { caseId, taskId } = await endorsing();
    const reference = await referenceFor(taskId);
    await signal(caseId, { taskId, action: 'endorse', body: { opinion: '不同意' }, reference });
    await signal(caseId, { taskId, action: 'return', body: { reason: '不同意' }, reference });
    await signal(caseId, { taskId, ...endorsement, reference: randomUUID() });
    const expired = await referenceFor(taskId);
    await prisma.signalReference.updateMany({
      where: { taskId, usedAt: null },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    await signal(caseId, { taskId, ...endorsement, reference: expired });
    expect(await refusals(caseId, 4)).toEqual(Array(4).fill('referenceInvalid'));
    expect(await company.facts(caseId, 'decided')).toEqual([]);
    await prisma.signalReference.updateMany({ where: { taskId }, data: { expiresAt: new Date(Date.now() + 60_000) } });
    await signal(caseId, { taskId, ...endorsement, reference });
    await company.state(caseId, 'screening');
  });

  test('it gives no more than its person may do', async () => {
    const { caseId, taskId } = await endorsing();
    const stranger = await referenceFor(taskId, { personId: 'east-head' });
    await signal(caseId, { taskId, ...endorsement, reference: stranger });
    const unfit = await referenceFor(taskId, { action: 'accept', body: {} });
    await signal(caseId, { taskId, action: 'accept', body: {}, reference: unfit });
    const wrong = { taskId, action: 'endorse', body: { opinion: 7 } };
    await signal(caseId, { ...wrong, reference: await referenceFor(taskId, wrong) });
    expect(await refusals(caseId, 3)).toEqual(['notCandidate', 'notYourMatter', 'invalid']);
    await company.carryTo(caseId, 'screening');
  });

  test('decided over HTTP meanwhile, the signal is told no', async () => {
    const { caseId, taskId } = await endorsing();
    const reference = await referenceFor(taskId);
    await decide(deps, { provenAt: new Date(), personId: 'central-head', taskId, ...endorsement, key: randomUUID() });
    await signal(caseId, { taskId, ...endorsement, reference });
    expect(await refusals(caseId, 1)).toEqual(['taskClosed']);
    expect(await company.facts(caseId, 'decided')).toHaveLength(1);
  });

  test('a vote may be given so, and is its voter’s own and sealed', async () => {
    const { caseId } = await endorsing();
    await company.carryTo(caseId, 'approving');
    const { id } = await company.task(caseId, 'vote', 'east-head');
    const ballot = { taskId: id, action: 'vote', body: { choice: 'against' } };
    const reference = await referenceFor(id, { personId: 'east-head', ...ballot });
    await signal(caseId, { ...ballot, reference });
    const [vote] = await company.until('the vote', async () => {
      const votes = await company.facts(caseId, 'voted');
      return votes.length > 0 && votes;
    });
    expect(vote).toMatchObject({ actorId: 'east-head', enteredBy: null, codes: {} });
  });
});

// The last ones: they put another policy in force.
describe('without one it is an operator’s', () => {
  const entered = { operatorId: 'system-admin', personId: 'central-head' };

  test('refused by default', async () => {
    const { caseId, taskId } = await endorsing();
    await signal(caseId, { taskId, ...endorsement, ...entered });
    await signal(caseId, { taskId, ...endorsement });
    await signal(caseId, { taskId, ...endorsement, operatorId: 'office-head', personId: 'central-head' });
    expect(await refusals(caseId, 3)).toEqual(Array(3).fill('operatorSignal'));
    expect(await company.facts(caseId, 'decided')).toEqual([]);
  });

  test('under a policy that accepts it: entered by him for the other, once, and never a vote', async () => {
    const { values } = await prisma.policyVersion.findUniqueOrThrow({ where: { version: 1 } });
    await prisma.policyVersion.create({
      data: {
        version: 2,
        effectiveFrom: new Date(Date.now() - 1000),
        values: { ...(values as object), operatorSignals: 'accept' },
        note: '接受操作员信号',
      },
    });
    const { caseId, taskId } = await endorsing();
    await signal(caseId, { taskId, ...endorsement, operatorId: 'office-head', personId: 'central-head' });
    await signal(caseId, { taskId, ...endorsement, operatorId: 'system-admin', personId: 'east-head' });
    expect(await refusals(caseId, 2)).toEqual(['operatorSignal', 'notCandidate']);
    for (let twice = 0; twice < 2; twice++) await signal(caseId, { taskId, ...endorsement, ...entered });
    await company.state(caseId, 'screening');
    expect(await company.facts(caseId, 'decided')).toMatchObject([
      { actorId: 'central-head', enteredBy: 'system-admin', action: 'endorse' },
    ]);
    await company.carryTo(caseId, 'approving');
    const { id } = await company.task(caseId, 'vote', 'east-head');
    const vote = { taskId: id, action: 'vote', body: { choice: 'for' } };
    await signal(caseId, { ...vote, operatorId: 'system-admin', personId: 'east-head' });
    expect(await refusals(caseId, 3)).toEqual(['operatorSignal', 'notCandidate', 'operatorSignal']);
    expect(await company.facts(caseId, 'voted')).toEqual([]);
    await company.carryTo(caseId, 'established');
  });

  test('a case keeps the policy it began with, also for this', async () => {
    const { caseId, taskId } = await endorsing();
    expect(await company.caseRow(caseId)).toMatchObject({ policyVersion: 2 });
    const { values } = await prisma.policyVersion.findUniqueOrThrow({ where: { version: 1 } });
    await prisma.policyVersion.create({
      data: { version: 3, effectiveFrom: new Date(Date.now() - 500), values: values as object, note: '恢复默认' },
    });
    await signal(caseId, { taskId, ...endorsement, ...entered });
    await company.state(caseId, 'screening');
    const later = await endorsing();
    await signal(later.caseId, { taskId: later.taskId, ...endorsement, ...entered });
    expect(await refusals(later.caseId, 1)).toEqual(['operatorSignal']);
  });
});

describe('a reference ends with what its person came in by', () => {
  const person = 'central-head';
  const seated = async () => {
    const jar = jarOf(api);
    await jar.post('/sessions', { method: 'demo', personId: person });
    return jar;
  };
  const issued = async (ask: (path: string, body: unknown) => Promise<Answer>, taskId: string) => {
    const answer = await ask(`/tasks/${taskId}/signal-references`, endorsement);
    expect(answer.status).toBe(201);
    return answer.body.reference as string;
  };
  const asAdmin = { as: 'security-admin' };
  const reset = `/persons/${person}/local-account`;

  const endings: readonly [string, (jar: Jar) => Promise<unknown>][] = [
    ['its person signed out', (jar) => jar.delete('/sessions/current')],
    ['he signed out everywhere', (jar) => jar.delete('/sessions')],
    [
      'another session of his ended it',
      async () => expect((await (await seated()).delete('/sessions/others')).status).toBe(200),
    ],
    [
      'his password was reset',
      async () => {
        const made = await api.post(reset, asAdmin);
        if (made.status !== 201) throw new Error(`no account: ${made.status}`);
        expect((await api.post(`${reset}/reset`, { ...asAdmin, body: { secondFactor: false } })).status).toBe(200);
      },
    ],
    [
      'its time was over',
      () => prisma.session.updateMany({ where: { personId: person }, data: { expiresAt: new Date(Date.now() - 1) } }),
    ],
    ['he is suspended', () => prisma.person.update({ where: { id: person }, data: { active: false } })],
  ];

  test.each(endings)('%s', async (_how, end) => {
    const { caseId, taskId } = await endorsing();
    const jar = await seated();
    const reference = await issued(jar.post, taskId);
    await end(jar);
    await signal(caseId, { taskId, ...endorsement, reference });
    expect(await refusals(caseId, 1)).toEqual(['referenceInvalid']);
    expect(await company.facts(caseId, 'decided')).toEqual([]);
    await prisma.person.update({ where: { id: person }, data: { active: true } });
  });

  test('by a token it ends with the token, and not with a session', async () => {
    const { caseId, taskId } = await endorsing();
    const jar = await seated();
    const { id, token } = (await jar.post('/tokens', { name: '接口', scopes: ['decide', 'read'], days: 1 })).body;
    const byToken = (path: string, body: unknown) =>
      api.post(path, { body, headers: { Authorization: `Bearer ${token}` } });
    const [used, refused] = [await issued(byToken, taskId), await issued(byToken, taskId)];
    await jar.delete('/sessions');
    expect((await (await seated()).delete(`/tokens/${id}`)).status).toBe(200);
    await signal(caseId, { taskId, ...endorsement, reference: refused });
    expect(await refusals(caseId, 1)).toEqual(['referenceInvalid']);
    await prisma.apiToken.update({ where: { id }, data: { revokedAt: null } });
    await signal(caseId, { taskId, ...endorsement, reference: used });
    await company.state(caseId, 'screening');
  });

  test('one who has left decides nothing by one issued before', async () => {
    const { caseId, taskId } = await endorsing();
    const reference = await issued((await seated()).post, taskId);
    const leaving = { on: localDay(Date.now()), document: '调离通知' };
    expect((await api.post(`/persons/${person}/leave`, { ...asAdmin, body: leaving })).status).toBe(200);
    await signal(caseId, { taskId, ...endorsement, reference });
    expect(await refusals(caseId, 1)).toEqual(['referenceInvalid']);
    expect(await company.facts(caseId, 'decided')).toEqual([]);
  });
});
