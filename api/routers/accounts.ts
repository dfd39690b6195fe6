import { type Actor, hasRole } from '../../cases/actor.ts';
import { DomainError } from '../../domain/errors.ts';
import { prefixOf } from '../../domain/region.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type AccountSummary, accountRoutes as routes } from '../contract/accounts.ts';
import type { QueryOf } from '../contract/route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import type { Grade } from '../views/caseSummaries.ts';
import { dayOf, dayOrNull, timeOf, timeOrNull } from '../views/days.ts';
import { loadNames, type Names } from '../views/names.ts';
import { keyOf, pageOf } from '../views/pages.ts';

type AccountWithHoldings = Prisma.AccountGetPayload<{ include: { holdings: true } }>;

/** Key accounts and who holds them. */
export function mountAccounts({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.accounts, async ({ actor, query }) => {
    const after = keyOf(query.cursor, 'text');
    const rows = await prisma.account.findMany({
      where: {
        AND: [
          visibleTo(actor),
          query.grade ? { grade: query.grade } : {},
          query.state ? { state: query.state } : {},
          query.unitId || query.kind ? { holdings: { some: heldBy(query) } } : {},
          query.regionCode ? { regions: { some: { regionCode: { startsWith: prefixOf(query.regionCode) } } } } : {},
          after ? { archiveNo: { gt: after[0] } } : {},
        ],
      },
      include: { holdings: true },
      orderBy: { archiveNo: 'asc' },
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (row) => [row.archiveNo]);
    const [names, clients] = await Promise.all([namesOf(deps, page.items), clientNames(deps, page.items)]);
    return { items: page.items.map((row) => summaryOf(row, names, clients)), nextCursor: page.nextCursor };
  });

  on(routes.account, async ({ actor, params }) => {
    const row = await prisma.account.findFirst({
      where: { AND: [{ id: params.id }, visibleTo(actor)] },
      include: { holdings: { orderBy: { validFrom: 'asc' } } },
    });
    if (!row) throw new DomainError('notFound');
    const [names, clients, entities] = await Promise.all([
      namesOf(deps, [row]),
      clientNames(deps, [row]),
      prisma.legalEntity.findMany({ where: { clientId: row.clientId, validTo: null }, orderBy: { name: 'asc' } }),
    ]);
    return {
      ...summaryOf(row, names, clients),
      decisionCaseId: row.decisionCaseId,
      terminatedOn: dayOrNull(row.terminatedOn),
      holdings: row.holdings.map((holding) => ({
        id: holding.id,
        kind: holding.kind as 'lead' | 'co',
        unit: names.unit(holding.unitId),
        manager: names.personOrNull(holding.managerId),
        validFrom: timeOf(holding.validFrom),
        validTo: timeOrNull(holding.validTo),
        decisionCaseId: holding.decisionCaseId,
      })),
      entities: entities.map(({ name, code, relation }) => ({ name, code, relation })),
    };
  });
}

const heldBy = ({ unitId, kind }: QueryOf<typeof routes.accounts>): Prisma.HoldingWhereInput => ({
  validTo: null,
  ...(unitId ? { unitId } : {}),
  ...(kind ? { kind } : {}),
});

/** The published list is known to all (Article 8); what is not on it, to its holders, the committee, the office and the auditor (系统默认). */
function visibleTo(actor: Actor): Prisma.AccountWhereInput {
  if (actor.seats.length > 0 || ['office', 'dataClerk', 'auditor'].some((role) => hasRole(actor, role))) return {};
  return {
    OR: [
      { onList: true },
      { holdings: { some: { unitId: actor.unitId } } },
      { holdings: { some: { managerId: actor.personId } } },
    ],
  };
}

const namesOf = (deps: Pick<ApiDeps, 'prisma'>, rows: readonly AccountWithHoldings[]): Promise<Names> =>
  loadNames(deps.prisma, {
    persons: rows.flatMap((row) => row.holdings.map((holding) => holding.managerId)),
    units: rows.flatMap((row) => row.holdings.map((holding) => holding.unitId)),
  });

async function clientNames(
  { prisma }: Pick<ApiDeps, 'prisma'>,
  rows: readonly AccountWithHoldings[],
): Promise<Map<string, string>> {
  const clients = await prisma.client.findMany({
    where: { id: { in: rows.map((row) => row.clientId) } },
    select: { id: true, name: true },
  });
  return new Map(clients.map((client) => [client.id, client.name]));
}

function summaryOf(row: AccountWithHoldings, names: Names, clients: ReadonlyMap<string, string>): AccountSummary {
  const lead = row.holdings.find((holding) => holding.kind === 'lead' && holding.validTo === null);
  return {
    id: row.id,
    archiveNo: row.archiveNo,
    client: { id: row.clientId, name: clients.get(row.clientId) ?? row.clientId },
    grade: row.grade as Grade,
    managedBy: row.managedBy as Grade,
    state: row.state,
    onList: row.onList,
    establishedOn: dayOf(row.establishedOn),
    unit: names.unitOrNull(lead?.unitId ?? null),
    manager: names.personOrNull(lead?.managerId ?? null),
  };
}
