import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BulkOutcome } from '../../api/contract/tasks.ts';
import { BULK_LIMIT, bulkActions } from '../../domain/bulk.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;

/** So many cases that wait for the head of the central branch. */
async function endorsing(count: number) {
  const caseIds = await Promise.all(Array.from({ length: count }, () => company.submitted()));
  return Promise.all(caseIds.map(async (caseId) => ({ caseId, taskId: (await company.task(caseId, 'endorse')).id })));
}
const idsOf = (tasks: readonly { taskId: string }[]) => tasks.map(({ taskId }) => taskId);
const decideAll = (as: string, body: object, key: string = randomUUID()) =>
  api.post('/tasks/decisions', { as, body, headers: { 'Idempotency-Key': key } });
const endorsement = (taskIds: readonly string[]) => ({ kind: 'endorse', action: 'endorse', body: {}, taskIds });
const codesOf = ({ results }: BulkOutcome) => results.map(({ receipt, problem }) => receipt?.outcome ?? problem?.code);
const factsOf = (caseId: string) => company.facts(caseId, 'decided');

describe('several tasks answered in one act', () => {
  test('each is decided by itself: a fact of its own, with the act it was part of in its audit entry, and the process goes on', async () => {
    const tasks = await endorsing(3);
    const { status, body } = await decideAll('central-head', {
      ...endorsement(idsOf(tasks)),
      body: { opinion: '情况属实' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ taken: 3, refused: 0 });
    expect(body.results.map((result: { taskId: string }) => result.taskId)).toEqual(idsOf(tasks));
    const marks = [];
    for (const { caseId, taskId } of tasks) {
      const [fact] = await factsOf(caseId);
      expect(fact).toMatchObject({ taskId, action: 'endorse', actorId: 'central-head' });
      const entry = await prisma.auditEntry.findFirstOrThrow({ where: { caseId, taskId, act: 'decided.endorse' } });
      expect(entry.codes).toMatchObject(fact?.codes as object);
      marks.push((entry.codes as { bulkId?: string }).bulkId);
      await company.state(caseId, 'screening');
    }
    expect(new Set(marks).size).toBe(1);
    const whole = await prisma.auditEntry.findFirstOrThrow({ where: { act: 'bulk.tasks:decisions' } });
    expect(whole.codes).toEqual({ bulkId: marks[0], taken: 3, refused: 0 });
  });

  test('what is not one’s own, was closed meanwhile, is of another kind or is not there is refused by itself and hinders no other', async () => {
    const [first, closed, last] = await endorsing(3);
    const foreign = await company.submitted((form) => {
      form.recommendingUnit = '华东分公司';
      form.client.territory = ['310000'];
    }, 'east-submitter');
    const eastern = (await company.task(foreign, 'endorse')).id;
    await company.answer(closed?.caseId ?? '', 'central-head', 'endorse', 'return', { reason: '请补充' });
    const revise = (await company.task(closed?.caseId ?? '', 'revise')).id;
    const taskIds = [first?.taskId, closed?.taskId, eastern, revise, 'nothing', last?.taskId].map(String);
    const { body } = await decideAll('central-head', endorsement(taskIds));
    expect(codesOf(body)).toEqual(['endorse', 'taskClosed', 'notCandidate', 'notCandidate', 'notFound', 'endorse']);
    expect(body).toMatchObject({ taken: 2, refused: 4 });
    expect(body.results[2].problem.detail).toContain('not yours');
    expect(await factsOf(foreign)).toEqual([]);
    const denial = await prisma.auditEntry.findFirstOrThrow({ where: { act: 'denied', taskId: eastern } });
    expect(denial.codes).toEqual({ target: 'POST /tasks/decisions', code: 'notCandidate' });
  });

  test('the same act sent again answers the same and decides nothing twice; with another body it is refused', async () => {
    const tasks = await endorsing(2);
    const key = randomUUID();
    const taskIds = [...idsOf(tasks), 'nothing'];
    const first = await decideAll('central-head', endorsement(taskIds), key);
    const again = await decideAll('central-head', endorsement(taskIds), key);
    expect(again.body).toEqual(first.body);
    for (const { caseId } of tasks) expect(await factsOf(caseId)).toHaveLength(1);
    const other = await decideAll('central-head', endorsement(idsOf(tasks)), key);
    expect([other.status, other.body.code]).toEqual([422, 'keyReused']);
  });

  test('sent twice at once, both are told the same and each task is decided once', async () => {
    const tasks = await endorsing(4);
    const key = randomUUID();
    const [first, second] = await Promise.all(
      [1, 2].map(() => decideAll('central-head', endorsement(idsOf(tasks)), key)),
    );
    expect(second?.body).toEqual(first?.body);
    expect(first?.body.taken).toBe(4);
    for (const { caseId } of tasks) expect(await factsOf(caseId)).toHaveLength(1);
  });

  test('two acts on the same tasks at once: each task is decided by one of them', async () => {
    const tasks = await endorsing(4);
    const [endorsed, returned] = await Promise.all([
      decideAll('central-head', endorsement(idsOf(tasks))),
      decideAll('central-head', {
        ...endorsement(idsOf(tasks)),
        action: 'return',
        body: { reason: '请补充' },
      }),
    ]);
    expect(endorsed?.body.taken + returned?.body.taken).toBe(4);
    for (const { caseId } of tasks) expect(await factsOf(caseId)).toHaveLength(1);
  });

  test('a return without its reason decides nothing', async () => {
    const tasks = await endorsing(2);
    const { body } = await decideAll('central-head', { ...endorsement(idsOf(tasks)), action: 'return' });
    expect(codesOf(body)).toEqual(['invalid', 'invalid']);
    for (const { caseId } of tasks) expect(await factsOf(caseId)).toEqual([]);
  });
});

describe('what is never answered in bulk', () => {
  test.each([
    ['vote', 'vote', { choice: 'for' }],
    ['vote', 'recuse', { reason: '有利害关系' }],
    ['screen', 'accept', { evaluatorIds: ['finance-expert'] }],
    ['screen', 'ineligible', { reason: '不符合' }],
    ['nominate', 'nominate', { managerId: 'central-manager' }],
    ['checkRecording', 'confirm', {}],
    ['confirmOverride', 'confirm', {}],
    ['__proto__', 'toString', {}],
  ])('%s %s is refused as a whole', async (kind, action, body) => {
    const answer = await decideAll('director', { kind, action, body, taskIds: ['nothing'] });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([422, 'notInBulk', 'action']);
  });

  test('a vote does not slip through under the name of another kind', async () => {
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'approving');
    const { id } = await company.task(caseId, 'vote', 'east-head');
    const { body } = await decideAll('east-head', endorsement([id]));
    expect(body.taken).toBe(0);
    expect(await company.facts(caseId, 'voted')).toEqual([]);
  });

  test('more than a person can read through, none at all, or one task twice is refused', async () => {
    const many = Array.from({ length: BULK_LIMIT + 1 }, (_, index) => `task-${index}`);
    for (const taskIds of [many, []]) {
      const { status, body } = await decideAll('central-head', endorsement(taskIds));
      expect([status, body.field]).toEqual([422, 'taskIds']);
    }
    const twice = await decideAll('central-head', endorsement(['nothing', 'nothing']));
    expect([twice.status, twice.body.field]).toEqual([422, 'taskIds']);
  });

  test('no kind is answered in bulk but those that were thought through', () => {
    const kinds = ['vote', 'evaluate', 'countersign', 'record', 'decideRecusal', 'appoint', 'toString', 'constructor'];
    for (const kind of kinds) expect(bulkActions(kind)).toEqual([]);
  });
});

describe('several tasks claimed in one act', () => {
  test('each is the claimer’s own then; what somebody else has claimed, or is nobody’s to claim, is told', async () => {
    const cases = await endorsing(3);
    await decideAll('central-head', endorsement(idsOf(cases)));
    const taskIds = await Promise.all(cases.map(async ({ caseId }) => (await company.task(caseId, 'screen')).id));
    await api.post(`/tasks/${taskIds[1]}/claim`, { as: 'office-clerk-2' });
    const claim = (as: string, key: string = randomUUID()) =>
      api.post('/tasks/claims', { as, body: { taskIds }, headers: { 'Idempotency-Key': key } });
    const key = randomUUID();
    const first = await claim('office-clerk-1', key);
    expect(first.body.results.map(({ problem }: { problem: { code: string } | null }) => problem?.code)).toEqual([
      undefined,
      'alreadyClaimed',
      undefined,
    ]);
    expect((await claim('office-clerk-1', key)).body).toEqual(first.body);
    expect(await prisma.task.count({ where: { id: { in: taskIds }, assigneeId: 'office-clerk-1' } })).toBe(2);
    const stranger = await claim('east-head');
    expect(stranger.body).toMatchObject({ taken: 0, refused: 3 });
  });
});
