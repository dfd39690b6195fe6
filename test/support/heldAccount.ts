import { randomUUID } from 'node:crypto';
import type { CaseDeps } from '../../cases/deps.ts';

/** A key account of central's, or of another unit's, as an established one stands in the database, without the case that established it. @returns its id */
export async function heldAccount(
  { prisma, keys }: Pick<CaseDeps, 'prisma' | 'keys'>,
  { managerId = 'central-manager', unitId = 'central', grade = 'branch', onList = false } = {},
): Promise<string> {
  const id = randomUUID();
  await keys.create(`client:${id}`);
  await prisma.client.create({ data: { id, name: `云澜示例${id.slice(0, 4)}`, nameKey: id, nearKey: id } });
  const rest = { grade, managedBy: grade, state: 'active', onList, establishedOn: new Date(), decisionCaseId: id };
  await prisma.account.create({ data: { id, clientId: id, archiveNo: id, ...rest } });
  const holding = { id, accountId: id, clientId: id, unitId, managerId, kind: 'lead' };
  await prisma.holding.create({ data: { ...holding, validFrom: new Date(), decisionCaseId: id } });
  return id;
}
