import { expect, test } from 'vitest';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const { prisma } = company.deps;

// Article 7.1, with one manager in charge (Article 5).
test('a recommendation becomes a key account held by its unit and the confirmed manager', async () => {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'established');
  const account = await prisma.account.findUniqueOrThrow({
    where: { decisionCaseId: caseId },
    include: { holdings: true },
  });
  expect(account).toMatchObject({ grade: 'company', managedBy: 'company', state: 'active' });
  expect(account.holdings).toMatchObject([
    { unitId: 'central', managerId: 'central-manager', kind: 'lead', validTo: null },
  ]);
  await expect.poll(() => company.client.workflow.getHandle(`recommendation:${caseId}`).result()).toBe('established');
});
