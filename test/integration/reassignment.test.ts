import { expect, test } from 'vitest';
import type { AccountView } from '../../api/contract/accounts.ts';
import { startApi } from '../support/api.ts';
import { branchLevel, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;

const CLERK = 'office-clerk-1';

const forms = {
  incompetent: { ground: 'incompetent', of: 'manager', findings: '半年未回访，客户多次投诉' },
};

async function account(): Promise<AccountView> {
  const caseId = await company.submitted(branchLevel);
  await company.carryTo(caseId, 'established');
  const { id } = await prisma.account.findUniqueOrThrow({ where: { decisionCaseId: caseId } });
  return (await api.get(`/accounts/${id}`, { as: CLERK })).body;
}

async function asked(accountId: string, form: object, as = 'office-clerk-2'): Promise<string> {
  const { status, body } = await api.post(`/accounts/${accountId}/reassignments`, { as, body: { form } });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.caseId;
}

async function evidence(caseId: string, as = 'office-clerk-2'): Promise<void> {
  const raw = new FormData();
  raw.set('caseId', caseId);
  raw.set('purpose', 'evidence');
  raw.set('file', new Blob(['投诉记录']), '投诉.txt');
  const { status, body } = await api.post('/attachments', { as, raw });
  expect(status, JSON.stringify(body)).toBe(201);
}

test('a manager the committee finds incompetent is heard, removed, replaced, and hands over', async () => {
  const { id } = await account();
  const caseId = await asked(id, forms.incompetent);
  await expect(company.answer(caseId, CLERK, 'admit', 'admit')).rejects.toMatchObject({ code: 'evidenceMissing' });
  await evidence(caseId);
  await company.answer(caseId, CLERK, 'admit', 'admit', { opinion: '材料齐全' });
  await company.answer(caseId, 'central-manager', 'statement', 'state', { statement: '客户内部调整所致' });
  await company.voteAll(caseId, 'removing', 'for');
  await company.task(caseId, 'nominate');
  expect((await api.get(`/accounts/${id}`, { as: CLERK })).body).toMatchObject({ state: 'vacant', manager: null });
  await company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: 'central-manager-2' });
  await company.voteAll(caseId, 'confirming', 'for');
  await company.task(caseId, 'handOver');
  const { body: seen } = await api.get(`/cases/${caseId}`, { as: CLERK });
  const itemIds = seen.matter.items.map((item: { id: string }) => item.id);
  await company.answer(caseId, 'central-manager', 'handOver', 'handOver', { itemIds: itemIds.slice(1) });
  await company.answer(caseId, 'central-manager', 'handOver', 'handOver', { itemIds: itemIds.slice(0, 1) });
  await company.answer(caseId, 'central-manager-2', 'takeOver', 'takeOver', { itemIds });
  await company.state(caseId, 'completed');
  expect((await api.get(`/accounts/${id}`, { as: CLERK })).body).toMatchObject({
    state: 'active',
    manager: { id: 'central-manager-2' },
  });
});
