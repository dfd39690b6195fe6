import { describe, expect, test } from 'vitest';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;
const reason = '本人曾在该客户任职';

async function approving() {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'approving');
  const ballot = await company.until('ballot', () => prisma.ballot.findFirst({ where: { caseId, step: 'approving' } }));
  return { caseId, path: `/cases/${caseId}/ballots/${ballot.id}/recusals`, ballotId: ballot.id };
}

describe('who votes last', () => {
  test('may say that he is concerned before it is his turn; a vice director decides, and the ballot closes without him', async () => {
    const { caseId, path } = await approving();
    const declared = await api.post(path, { as: 'director', body: { reason } });
    expect(declared.status).toBe(200);
    expect((await api.post(path, { as: 'director', body: { reason } })).body.code).toBe('taskClosed');

    const task = await company.task(caseId, 'decideRecusal', 'vice-director-1');
    const { body } = await api.get(`/cases/${caseId}/timeline`, { as: 'vice-director-1' });
    expect(body.items.at(-1)).toMatchObject({ kind: 'recused', actor: { id: 'director' }, text: { reason } });
    const granted = await api.post(`/tasks/${task.id}/decisions`, {
      as: 'vice-director-1',
      body: { action: 'accept', body: {} },
    });
    expect(granted.status).toBe(200);
    expect((await api.get(`/cases/${caseId}`, { as: 'director' })).status).toBe(404);

    await company.voteAll(caseId, 'approving', 'for');
    const ballot = await prisma.ballot.findFirstOrThrow({ where: { caseId, step: 'approving' } });
    expect(ballot.outcome).toBe('passed');
    await company.state(caseId, 'nominating');
  });

  test('is told that it changed nothing when it is not granted, and votes in his turn', async () => {
    const { caseId, path } = await approving();
    await api.post(path, { as: 'director', body: { reason } });
    await company.answer(caseId, 'vice-director-1', 'decideRecusal', 'refuse', { reason: '不影响公正' });
    await company.voteAll(caseId, 'approving', 'for');
    await company.state(caseId, 'nominating');
    const votes = await prisma.fact.count({ where: { caseId, kind: 'voted', actorId: 'director' } });
    expect(votes).toBe(1);
  });
});

describe('nobody else', () => {
  test('declares this way: who has his vote to answer, who is recused by rule, who is off the roll, who may not read it', async () => {
    const { path } = await approving();
    const asked = await Promise.all(
      ['south-deputy', 'central-head', 'office-clerk-1', 'east-submitter', 'auditor'].map(async (as) => {
        const { status, body } = await api.post(path, { as, body: { reason } });
        return [as, status, body.code];
      }),
    );
    expect(asked).toEqual([
      ['south-deputy', 409, 'notYourMatter'],
      ['central-head', 403, 'conflicted'],
      ['office-clerk-1', 403, 'notCandidate'],
      ['east-submitter', 404, 'notFound'],
      ['auditor', 403, 'forbidden'],
    ]);
  });

  test('and nobody on a ballot of another case, or one that is closed', async () => {
    const [one, other] = [await approving(), await approving()];
    const crossed = await api.post(`/cases/${one.caseId}/ballots/${other.ballotId}/recusals`, {
      as: 'director',
      body: { reason },
    });
    expect([crossed.status, crossed.body.code]).toEqual([404, 'notFound']);
    await company.voteAll(one.caseId, 'approving', 'for');
    const late = await api.post(one.path, { as: 'director', body: { reason } });
    expect([late.status, late.body.code]).toEqual([409, 'ballotClosed']);
  });
});
