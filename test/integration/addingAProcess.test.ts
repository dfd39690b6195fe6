import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CaseView } from '../../api/contract/cases.ts';
import { withdraw } from '../../cases/ending.ts';
import { registerProcess } from '../../cases/processes.ts';
import { verifyStored } from '../../cases/verification.ts';
import { checkContract } from '../../domain/process.ts';
import { startApi } from '../support/api.ts';
import { type Company, startCompany } from '../support/company.ts';
import { type Move, movesOf } from '../support/moves.ts';
import { bulletin } from '../support/tinyProcess/contract.ts';
import { bulletinProcess } from '../support/tinyProcess/definition.ts';
import { submitBulletin } from '../support/tinyProcess/start.ts';

// docs/adding-a-process.md tells how this process was added; what it quotes is run here.
registerProcess(bulletinProcess);
const workflows = fileURLToPath(new URL('../support/tinyProcess/workflows.ts', import.meta.url));
const company = await startCompany({ workflows });
const later = await startCompany({ workflows, timeSkipping: true });
const api = await startApi(company);

const TEXT = '长江示例区域三家业主年内集中招标，建议提前对接。';
const AUTHOR = 'east-submitter';
const CLERK = 'office-clerk-1';
const begun: { company: Company; caseId: string }[] = [];

async function begin(at: Company = company, personId = AUTHOR): Promise<string> {
  const { caseId } = await submitBulletin(at.deps, personId, { text: TEXT });
  begun.push({ company: at, caseId });
  return caseId;
}

async function referred(at: Company = company): Promise<string> {
  const caseId = await begin(at);
  await at.answer(caseId, CLERK, 'review', 'refer', { reason: '涉及全公司' });
  await at.state(caseId, 'ratifying');
  return caseId;
}

const returned = async (at: Company = company): Promise<string> => {
  const caseId = await begin(at);
  await at.answer(caseId, CLERK, 'review', 'return', { reason: '请补充业主名称' });
  await at.state(caseId, 'revising');
  return caseId;
};

const takeBack = (caseId: string) =>
  withdraw(company.deps, { personId: AUTHOR, caseId, reason: '信息已过时', key: randomUUID() });

async function movesMade(): Promise<Move[]> {
  const all = await Promise.all(
    begun.map(async ({ company: at, caseId }) => movesOf(bulletin.lifecycle.initial, await at.facts(caseId))),
  );
  return all.flat();
}

test('the contract is sound', () => {
  expect(checkContract(bulletin)).toEqual([]);
});

describe('a bulletin', () => {
  test('is published by the office, through the product’s own API', async () => {
    const caseId = await begin();
    await company.task(caseId, 'review');
    const { body: inbox } = await api.get('/tasks?box=group&kind=review', { as: CLERK });
    const task = inbox.items.find((row: { case: CaseView }) => row.case.id === caseId)?.task;
    expect(task).toMatchObject({ kind: 'review', article: '3', actions: ['publish', 'return', 'refer'] });
    const decision = { action: 'publish', body: { opinion: '可以发布' } };
    const answer = { as: CLERK, body: decision, headers: { Prefer: 'wait=20' } };
    expect((await api.post(`/tasks/${task.id}/decisions`, answer)).body).toMatchObject({ settled: true });
    const { body: seen } = await api.get(`/cases/${caseId}`, { as: AUTHOR });
    expect(seen).toMatchObject({ process: 'bulletin', state: 'published', stateKey: 'bulletin.published' });
    expect(seen.number).toMatch(/^B-\d{4}-\d{4}$/);
    const { body: told } = await api.get(`/cases/${caseId}/timeline`, { as: AUTHOR });
    expect(told.items.map((entry: { kind: string }) => entry.kind)).toEqual([
      'submitted',
      'opened',
      'decided',
      'concluded',
    ]);
    expect(told.items[0].text).toEqual({ text: TEXT });
    const handle = company.client.workflow.getHandle(`bulletin:${caseId}`);
    await expect.poll(() => handle.result()).toBe('published');
  });

  test('goes back to its author, comes again, and is ratified by the committee', async () => {
    const caseId = await returned();
    await company.answer(caseId, 'east-deputy', 'redraft', 'resubmit', { text: `${TEXT}（已补充）` });
    await company.answer(caseId, CLERK, 'review', 'refer', { reason: '涉及全公司' });
    await company.voteAll(caseId, 'ratifying', 'for');
    await company.state(caseId, 'published');
    const { body } = await api.get(`/cases/${caseId}/ballots`, { as: 'south-head' });
    expect(body.items[0]).toMatchObject({ matter: 'ratify', article: '4.4', outcome: 'passed' });
  });

  test('is refused when the committee does not ratify it', async () => {
    const caseId = await referred();
    await company.voteAll(caseId, 'ratifying', 'against');
    await company.state(caseId, 'refused');
  });

  test.each([
    ['reviewing', () => begin()],
    ['revising', () => returned()],
    ['ratifying', () => referred()],
  ])('can be withdrawn while %s', async (_, carried) => {
    const caseId = await carried();
    await company.until('its first step', () => company.deps.prisma.step.findFirst({ where: { caseId } }));
    await takeBack(caseId);
    await company.state(caseId, 'withdrawn');
  });

  test('lapses when its author is silent', async () => {
    const caseId = await returned(later);
    await later.passTo((await later.task(caseId, 'redraft')).dueAt);
    await later.state(caseId, 'lapsed');
  });

  test('lapses when the committee never finds a quorum and the office ends it', async () => {
    const caseId = await referred(later);
    await later.passTo((await later.ballot(caseId, 'ratifying')).dueAt);
    await later.until('its extension', async () => (await later.facts(caseId, 'ballotExtended')).length > 0);
    await later.passTo((await later.ballot(caseId, 'ratifying')).dueAt);
    await later.answer(caseId, CLERK, 'resolveInquorate', 'lapse', { reason: '不再需要' });
    await later.state(caseId, 'lapsed');
  });

  test('is not reviewed by whoever wrote it', async () => {
    const caseId = await begin(company, CLERK);
    await expect(company.answer(caseId, CLERK, 'review', 'publish')).rejects.toMatchObject({ code: 'separation' });
    await company.answer(caseId, 'office-clerk-2', 'review', 'publish');
    await company.state(caseId, 'published');
  });

  test('takes no field its form does not have', async () => {
    const caseId = await returned();
    const wrong = { text: TEXT, urgent: true };
    await expect(company.answer(caseId, AUTHOR, 'redraft', 'resubmit', wrong)).rejects.toMatchObject({
      code: 'unknownField',
      field: 'urgent',
    });
    await takeBack(caseId);
    await company.state(caseId, 'withdrawn');
  });
});

test('prose and table agree: every move a run made is in the table, and every row of the table was walked', async () => {
  const { transitions } = bulletin.lifecycle;
  const rowOf = ({ from, on, to }: Move) => `${from} → ${to} on ${on}`;
  expect([...new Set((await movesMade()).map(rowOf))].sort()).toEqual(transitions.map(rowOf).sort());
});

test('what was written stays out of everything stored in plain text', async () => {
  const { rows } = await company.deps.pool.query(
    `SELECT count(*)::int AS found FROM facts f JOIN cases c ON c.id = f.case_id LEFT JOIN audit_entries a ON a.case_id = c.id
     WHERE (f.codes::text || c.title || coalesce(a.codes::text, '')) LIKE '%集中招标%'`,
  );
  expect(rows).toEqual([{ found: 0 }]);
});

test('everything stored of the bulletins verifies', async () => {
  const { pool, keys } = company.deps;
  const verification = await verifyStored({ pool, keys, files: api.deps.files, client: company.client });
  expect(verification.findings).toEqual([]);
  expect(verification.examined.ballots).toBeGreaterThanOrEqual(3);
});
