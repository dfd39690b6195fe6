import { randomUUID } from 'node:crypto';
import { ringAccount } from '../../cases/accountBell.ts';
import type { CaseDeps } from '../../cases/deps.ts';
import { localDay } from '../../domain/calendar.ts';

/** A key account of the central branch as it is when it has been established, without the long way there; its execution starts. */
export async function accountOf(
  { prisma, pool }: CaseDeps,
  change: { readonly managedBy?: string; readonly managerId?: string | null; readonly state?: string } = {},
): Promise<string> {
  const id = randomUUID();
  const { managedBy = 'branch', managerId = 'central-manager', state = managerId ? 'active' : 'vacant' } = change;
  const { rows } = await pool.query<{ now: Date }>('SELECT now()');
  const validFrom = rows[0]?.now as Date;
  const establishedOn = new Date(localDay(validFrom.getTime()));
  await prisma.client.create({ data: { id, name: '云澜示例', nameKey: id, nearKey: id } });
  await prisma.account.create({
    data: { id, clientId: id, archiveNo: id, grade: 'branch', managedBy, state, establishedOn, decisionCaseId: id },
  });
  const lead = { accountId: id, clientId: id, unitId: 'central', kind: 'lead', validFrom, decisionCaseId: id };
  await prisma.holding.create({ data: { id, ...lead, managerId } });
  await prisma.holdingEntity.create({ data: { holdingId: id, entityKey: `name:${id}`, kind: 'lead', validFrom } });
  await ringAccount(pool, id);
  return id;
}
