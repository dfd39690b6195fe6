import { hasRole } from '../../cases/actor.ts';
import { checkClient } from '../../cases/clients.ts';
import { nearKey, normaliseName } from '../../domain/clientName.ts';
import { DomainError } from '../../domain/errors.ts';
import { normaliseUscc } from '../../domain/uscc.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { clientRoutes as routes } from '../contract/clients.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { dayOf, dayOrNull } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { keyOf, pageOf } from '../views/pages.ts';
import { readableCases } from '../views/readableCases.ts';

/** The client register: who is free to be recommended, and the clients one has to do with. */
export function mountClients({ on, limits }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(
    routes.checkClient,
    async ({ actor, body }) => {
      const { result, holder, names } = await checkClient(deps, actor, body);
      const units = await loadNames(prisma, { units: [holder?.id] });
      return { result, holder: units.unitOrNull(holder?.id ?? null), names: [...names] };
    },
    limits.clientCheck,
  );

  on(routes.client, async ({ actor, params }) => {
    const readable = await readableCases(deps, actor);
    const cases = await prisma.case.findMany({
      where: { AND: [{ clientId: params.id }, readable] },
      select: { id: true },
      orderBy: { openedAt: 'asc' },
    });
    const [client, account] = await Promise.all([
      prisma.client.findUnique({
        where: { id: params.id },
        include: { entities: { include: { names: true }, orderBy: { validFrom: 'asc' } } },
      }),
      prisma.account.findFirst({ where: { clientId: params.id }, orderBy: { establishedOn: 'desc' } }),
    ]);
    const known = cases.length > 0 || account?.onList || hasRole(actor, 'office') || hasRole(actor, 'dataClerk');
    if (!client || !known) throw new DomainError('notFound');
    return {
      id: client.id,
      name: client.name,
      entities: client.entities.map((entity) => ({
        id: entity.id,
        name: entity.name,
        codeType: entity.codeType,
        code: entity.code,
        relation: entity.relation,
        formerNames: entity.names.filter((each) => each.kind === 'former').map((each) => each.name),
        validFrom: dayOf(entity.validFrom),
        validTo: dayOrNull(entity.validTo),
      })),
      accountId: account?.id ?? null,
      caseIds: cases.map((row) => row.id),
    };
  });

  on(routes.searchClients, async ({ actor, body }) => {
    const after = keyOf(body.cursor, 'text', 'text');
    const rows = await prisma.client.findMany({
      where: {
        AND: [
          await knownTo(deps, actor),
          {
            OR: [
              { nameKey: { contains: normaliseName(body.text) } },
              { nearKey: { contains: nearKey(body.text) || normaliseName(body.text) } },
              { entities: { some: { code: normaliseUscc(body.text) } } },
              { entities: { some: { names: { some: { nameKey: { contains: normaliseName(body.text) } } } } } },
            ],
          },
          after ? { OR: [{ name: { gt: after[0] } }, { name: after[0], id: { gt: after[1] } }] } : {},
        ],
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: body.limit + 1,
    });
    const page = pageOf(rows, body.limit, (row) => [row.name, row.id]);
    const accounts = await prisma.account.findMany({ where: { clientId: { in: page.items.map((row) => row.id) } } });
    const accountOf = new Map(accounts.map((account) => [account.clientId, account.id]));
    return {
      items: page.items.map(({ id, name }) => ({ id, name, accountId: accountOf.get(id) ?? null })),
      nextCursor: page.nextCursor,
    };
  });
}

/** The office keeps the register; others know the clients of cases they may read, and those on the published list. */
async function knownTo(deps: ApiDeps, actor: Parameters<typeof readableCases>[1]): Promise<Prisma.ClientWhereInput> {
  if (hasRole(actor, 'office') || hasRole(actor, 'dataClerk')) return {};
  const [cases, listed] = await Promise.all([
    deps.prisma.case.findMany({
      where: { AND: [{ clientId: { not: null } }, await readableCases(deps, actor)] },
      select: { clientId: true },
      distinct: ['clientId'],
    }),
    deps.prisma.account.findMany({ where: { onList: true }, select: { clientId: true } }),
  ]);
  return { id: { in: [...cases, ...listed].flatMap((row) => row.clientId ?? []) } };
}
