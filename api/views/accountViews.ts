import { type AccountRow, unitsOf } from '../../cases/accounts.ts';
import { type Actor, hasRole } from '../../cases/actor.ts';
import { keepsFile, type Standings } from '../../domain/accountStanding.ts';
import { mayAskBuilder } from '../../domain/allocation.ts';
import { mayReport } from '../../domain/breach.ts';
import { isDay } from '../../domain/calendar.ts';
import { nearKey, normaliseName } from '../../domain/clientName.ts';
import { DomainError } from '../../domain/errors.ts';
import { groundsOf } from '../../domain/reassignment.ts';
import { prefixOf } from '../../domain/region.ts';
import { normaliseUscc } from '../../domain/uscc.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { AccountSort, AccountSummary, AccountView, accountRoutes } from '../contract/accounts.ts';
import type { BodyOf } from '../contract/route.ts';
import type { Page } from '../contract/shared.ts';
import type { ApiDeps } from '../deps.ts';
import { asItStands } from './asItStands.ts';
import type { Grade } from './caseSummaries.ts';
import { dateOf, dayOf } from './days.ts';
import { loadNames } from './names.ts';
import { keyOf, pageOf } from './pages.ts';

export type AccountWithHoldings = Prisma.AccountGetPayload<{ include: { holdings: true; client: true } }>;
export const withHoldings = { holdings: true, client: true } as const;
type Search = Omit<BodyOf<typeof accountRoutes.searchAccounts>, 'limit' | 'cursor'>;

/** The published list is known to all (Article 8); what is not on it, to those who hold or held it, the committee, the office and the auditor (系统默认); as `accountSeen` has it. */
export function visibleTo(actor: Actor): Prisma.AccountWhereInput {
  if (actor.seats.length > 0 || ['office', 'dataClerk', 'auditor'].some((role) => hasRole(actor, role))) return {};
  return {
    OR: [
      { onList: true },
      { holdings: { some: { unitId: { in: unitsOf(actor) } } } },
      { holdings: { some: { managerId: actor.personId } } },
    ],
  };
}

/** Which cases about an account a person may start; none once it has ended, and none about one he may only look back on. */
export function mayStart(
  actor: Actor,
  { state, onList, standing }: AccountRow & { readonly standing: Standings },
): AccountView['mayStart'] {
  if (state === 'terminated' || !(onList || standing.size > 0))
    return { reassignment: [], allocation: false, membership: false, breach: false };
  return {
    reassignment: groundsOf([{ standings: standing, headsAUnit: hasRole(actor, 'unitHead') }]),
    allocation: mayAskBuilder(standing),
    membership: keepsFile(standing),
    breach: mayReport(standing),
  };
}

/** Key accounts as lists show them, in the order given. */
export async function accountSummaries(
  { prisma }: Pick<ApiDeps, 'prisma'>,
  rows: readonly AccountWithHoldings[],
): Promise<AccountSummary[]> {
  const names = await loadNames(prisma, {
    persons: rows.flatMap((row) => row.holdings.map((holding) => holding.managerId)),
    units: rows.flatMap((row) => row.holdings.map((holding) => holding.unitId)),
  });
  return rows.map((row) => {
    const lead = row.holdings.find((holding) => holding.kind === 'lead' && holding.validTo === null);
    return {
      id: row.id,
      archiveNo: row.archiveNo,
      client: { id: row.clientId, name: row.client.name },
      grade: row.grade as Grade,
      managedBy: row.managedBy as Grade,
      state: row.state,
      onList: row.onList,
      establishedOn: dayOf(row.establishedOn),
      unit: names.unitOrNull(lead?.unitId ?? null),
      manager: names.personOrNull(lead?.managerId ?? null),
    };
  });
}

/** One page of the accounts a person sees and asks for, in his order. */
export async function searchAccounts(
  deps: Pick<ApiDeps, 'prisma'>,
  actor: Actor,
  asked: Search & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<AccountSummary>> {
  const { sort, descending, cursor, limit } = asked;
  const order = descending ? 'desc' : 'asc';
  const rows = await deps.prisma.account.findMany({
    where: { AND: [visibleTo(actor), wanted(asked), afterKey(sort, descending, cursor)] },
    include: withHoldings,
    orderBy: [sort === 'name' ? { client: { name: order } } : { [sort]: order }, { archiveNo: order }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, (row) => [sortKeyOf(row, sort), row.archiveNo]);
  return { items: await accountSummaries(deps, page.items), nextCursor: page.nextCursor };
}

function wanted({
  text,
  grade,
  managedBy,
  unitId,
  kind,
  managerId,
  state,
  regionCode,
}: Search): Prisma.AccountWhereInput {
  const held = {
    ...(unitId ? { unitId } : {}),
    ...(kind ? { kind } : {}),
    ...(managerId ? { managerId } : {}),
  };
  return {
    ...(grade ? { grade } : {}),
    ...(managedBy ? { managedBy } : {}),
    ...(state ? { state } : {}),
    ...(regionCode ? { regions: { some: { regionCode: { startsWith: prefixOf(regionCode) } } } } : {}),
    ...(Object.keys(held).length > 0 ? { holdings: { some: { ...held, validTo: null } } } : {}),
    ...(text
      ? { OR: [{ archiveNo: { contains: asItStands(text), mode: 'insensitive' } }, { client: named(text) }] }
      : {}),
  };
}

/** A client by a name it has or had, however it is spelled, or by a code. */
function named(text: string): Prisma.ClientWhereInput {
  const key = asItStands(normaliseName(text));
  return {
    OR: [
      { nameKey: { contains: key } },
      { nearKey: { contains: asItStands(nearKey(text)) || key } },
      { entities: { some: { code: normaliseUscc(text) } } },
      { entities: { some: { names: { some: { nameKey: { contains: key } } } } } },
    ],
  };
}

const sortKeyOf = (row: AccountWithHoldings, sort: AccountSort): string =>
  sort === 'name' ? row.client.name : sort === 'establishedOn' ? dayOf(row.establishedOn) : row.archiveNo;

function afterKey(sort: AccountSort, descending: boolean, cursor: string | undefined): Prisma.AccountWhereInput {
  const key = keyOf(cursor, 'text', 'text');
  if (!key) return {};
  const [value, archiveNo] = key;
  const beyond = (than: string) => (descending ? { lt: than } : { gt: than });
  if (sort === 'archiveNo') return { archiveNo: beyond(archiveNo) };
  if (sort === 'name')
    return {
      OR: [{ client: { name: beyond(value) } }, { client: { name: value }, archiveNo: beyond(archiveNo) }],
    };
  if (!isDay(value)) throw new DomainError('invalid', { field: 'cursor', reason: 'nextCursor' }, 'cursor');
  const day = dateOf(value);
  return {
    OR: [
      { establishedOn: descending ? { lt: day } : { gt: day } },
      { establishedOn: day, archiveNo: beyond(archiveNo) },
    ],
  };
}
