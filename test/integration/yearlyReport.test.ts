import { expect, test } from 'vitest';
import { openForClient, sealForClient } from '../../cases/clientSecrets.ts';
import { changeHolder } from '../../cases/holderChange.ts';
import { newCase } from '../../cases/newCase.ts';
import { registerProcess } from '../../cases/processes.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { startApi } from '../support/api.ts';
import { begunReview } from '../support/begunReview.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { bulletin } from '../support/tinyProcess/contract.ts';
import { bulletinProcess } from '../support/tinyProcess/definition.ts';

registerProcess(bulletinProcess);
const company = await startCompany();
const api = await startApi(company);
const { deps } = company;
const { prisma } = deps;
const year = assessmentYear(Date.now());
const MANAGER = 'central-manager';
const HEAD = 'central-head';

const archive = {
  client: { name: '示例', nature: '国有企业', size: '大型', contact: { address: '武汉', phone: '027-1' } },
  keyPersons: [{ post: '总经理', role: 'head', phone: '138' }],
  projects: [],
};

async function archived(): Promise<string> {
  const id = await heldAccount(deps);
  await prisma.client.update({
    where: { id },
    data: { secret: new Uint8Array(await sealForClient(deps, id, 'clients', id, archive)) },
  });
  return id;
}

const [reported, handedOver, vacated] = [await archived(), await archived(), await archived()];
const cases = new Map<string, string>();
for (const accountId of [reported, handedOver, vacated]) cases.set(accountId, await begunReview(company, accountId));
const caseOf = (accountId: string): string => cases.get(accountId) ?? '';
const look = (as: string, caseId: string) => api.call('GET', `/cases/${caseId}/yearly-report`, { as });
const stored = async (id: string) => {
  const { secret } = await prisma.client.findUniqueOrThrow({ where: { id } });
  return openForClient<Record<string, unknown>>(deps, id, 'clients', id, secret as Uint8Array);
};

test('a report begins with the archive, its changes are told to the head, and endorsed it is the archive', async () => {
  const caseId = caseOf(reported);
  const task = await company.task(caseId, 'reportYear');
  const { body: begun, status } = await look(MANAGER, caseId);
  expect(status).toBe(200);
  expect(begun).toMatchObject({ taskId: task.id, year, reported: null, lastYear: null, changes: [] });
  expect(begun.prefilled).toEqual(begun.archive);
  expect(begun.archive.client).toEqual({ nature: '国有企业', size: '大型', contact: archive.client.contact });

  const given = {
    ...begun.prefilled,
    client: { ...begun.prefilled.client, size: '特大型' },
    credit: { payment: '拖欠两个月' },
    projectsConfirmed: true,
  };
  const report = { changes: '规模扩大', performance: 4, cooperation: 4, credit: 2, archive: given };
  const wrong = await api.call('POST', `/tasks/${task.id}/decisions`, {
    as: MANAGER,
    body: { action: 'report', body: { ...report, archive: { ...given, keyPersons: [{ family: '二子' }] } } },
  });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'unknownField']);
  await company.answer(caseId, MANAGER, 'reportYear', 'report', report);
  await company.task(caseId, 'endorseReport');

  const { body: told } = await look(HEAD, caseId);
  expect(told.changes.map(({ path, archive: was }: { path: string; archive: unknown }) => [path, was])).toEqual([
    ['client.size', '大型'],
    ['credit.payment', null],
  ]);
  expect(told).toMatchObject({ taskId: null, reported: { report, endorsedAt: null } });
  expect(told.completeness.percent).toBeGreaterThan(begun.completeness.percent);
  expect(await stored(reported)).toEqual(archive);

  await company.answer(caseId, HEAD, 'endorseReport', 'endorse');
  expect(await stored(reported)).toMatchObject({
    client: { ...archive.client, size: '特大型' },
    keyPersons: archive.keyPersons,
    credit: { payment: '拖欠两个月' },
  });
  const [update] = await company.facts(caseId, 'archiveUpdated');
  expect(update?.codes).toEqual({ clientId: reported, fields: ['client.size', 'credit.payment'] });
  // What stood there before is still told beside it.
  const { body: after } = await look('office-clerk-1', caseId);
  expect(after.changes).toEqual(told.changes);
  expect(after.reported.endorsedAt).not.toBeNull();
  // The archive has one door, where reading it is on record.
  const { body: timeline } = await api.call('GET', `/cases/${caseId}/timeline`, { as: 'office-clerk-1' });
  expect(JSON.stringify(timeline)).toContain('规模扩大');
  expect(JSON.stringify(timeline)).not.toContain('拖欠两个月');
  const readings = await prisma.auditEntry.findMany({ where: { act: 'yearlyReport.read' }, orderBy: { at: 'asc' } });
  expect(readings.map(({ actorId }) => actorId)).toEqual([MANAGER, HEAD, 'office-clerk-1']);
});

test('nobody reads a report but who reports and who reads the account’s file', async () => {
  const caseId = caseOf(reported);
  // A member of the committee knows of an account that a branch manages, and does not read its file.
  expect((await look('east-head', caseId)).status).toBe(403);
  for (const as of ['east-submitter', 'finance-expert']) expect((await look(as, caseId)).status, as).toBe(404);
  for (const as of ['director', 'auditor']) expect((await look(as, caseId)).status, as).toBe(200);
  expect((await look('office-clerk-1', 'none')).status).toBe(404);
});

test('last year’s report is there beside this year’s, and fills in what the archive does not tell', async () => {
  const caseId = caseOf(handedOver);
  const campaign = await prisma.campaign.findUniqueOrThrow({ where: { year } });
  await prisma.campaign.create({ data: { ...campaign, year: year - 1, state: 'closed', remaining: 0 } });
  // As if the account had been reported on the year before with what was reported of the other.
  const endorsed = { caseId: caseOf(reported) };
  // It had been left out that year, reported on and endorsed already, and was added again: what counts is the review in that one's place.
  const leftOut = { caseId: caseOf(vacated) };
  const replaced = { year: year - 1, accountId: handedOver, state: 'excluded', replaced: true, endorsedAt: new Date() };
  await prisma.review.update({ where: leftOut, data: replaced });
  await prisma.review.update({ where: endorsed, data: { year: year - 1, accountId: handedOver } });
  const { body } = await look(MANAGER, caseId);
  expect(body.lastYear).toMatchObject({ year: year - 1, report: { performance: 4, credit: 2 } });
  expect(body.prefilled).toMatchObject({ client: { size: '大型' }, credit: { payment: '拖欠两个月' } });
  expect(body.prefilled.projectsConfirmed).toBeUndefined();
  await prisma.review.update({ where: endorsed, data: { year, accountId: reported } });
  const back = { year, accountId: vacated, state: 'open', replaced: false, endorsedAt: null };
  await prisma.review.update({ where: leftOut, data: back });
});

/** The account passes to another, or to nobody, by the decision of some case. */
async function passOn(accountId: string, managerId: string | null): Promise<void> {
  await newCase(deps, bulletin, 'central-submitter', async (tx) => {
    const next = { accountId, holdingId: accountId, unitId: 'central', managerId };
    await changeHolder(tx, next);
    tx.fact({ kind: 'withdrawn', codes: {} });
    tx.close();
  });
}

test.each([
  ['a new manager', () => handedOver, 'central-submitter', ['person:central-submitter'], 'central-submitter'],
  ['the unit’s head where nobody follows', () => vacated, null, ['role:unitHead@central'], HEAD],
] as const)('a report that is due goes to %s, and he is told', async (_, accountOf, managerId, candidates, told) => {
  const accountId = accountOf();
  const caseId = caseOf(accountId);
  const before = await company.task(caseId, 'reportYear');
  expect(before.candidates).toEqual([`person:${MANAGER}`]);
  expect((await look(MANAGER, caseId)).status).toBe(200);
  await company.stopWorker();
  await passOn(accountId, managerId);
  // Who manages it no more reads its archive no more, and asks nobody in, though its review has not noticed yet.
  expect((await look(MANAGER, caseId)).status).toBe(403);
  const body = { personId: 'south-manager', question: '请补充' };
  const asked = await api.call('POST', `/tasks/${before.id}/consult`, { as: MANAGER, body });
  expect(asked.body.code).toBe('notCandidate');
  await company.startWorker();
  const after = await company.until('the new holder', async () => {
    const task = await company.task(caseId, 'reportYear');
    return task.candidates[0] === before.candidates[0] ? null : task;
  });
  expect(after).toMatchObject({ id: before.id, candidates, dueAt: before.dueAt, level: 0 });
  expect(await company.facts(caseId, 'reassigned')).toMatchObject([
    { taskId: before.id, codes: { why: 'holderChanged' } },
  ]);
  const notes = await prisma.notification.findMany({ where: { caseId, kind: 'taskReassigned' } });
  expect(notes.map(({ personId }) => personId)).toContain(told);
  expect((await look(told, caseId)).body.taskId).toBe(before.id);
  await expect(
    company.answer(caseId, MANAGER, 'reportYear', 'report', {
      changes: '稳定',
      performance: 3,
      cooperation: 3,
      credit: 3,
    }),
  ).rejects.toMatchObject({ code: 'notCandidate' });
});
