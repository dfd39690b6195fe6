import { type Actor, hasRole } from '../../cases/actor.ts';
import { checkClient } from '../../cases/clients.ts';
import { nearKey, normaliseName } from '../../domain/clientName.ts';
import { DomainError } from '../../domain/errors.ts';
import { normaliseUscc } from '../../domain/uscc.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { clientRoutes as routes } from '../contract/clients.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { contains } from '../views/casePages.ts';
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
    const { condition } = await readableCases(deps, actor);
    const { rows: cases } = await deps.pool.query<{ id: string }>(
      Prisma.sql`SELECT c.id FROM cases c WHERE c.client_id = ${params.id} AND ${condition} ORDER BY c.opened_at`,
    );
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
    const text = normaliseName(body.text);
    const older = after ? Prisma.sql`(k.name, k.id) > (${after[0]}, ${after[1]})` : Prisma.sql`true`;
    const { rows } = await deps.pool.query<{ id: string; name: string }>(
      Prisma.sql`SELECT k.id, k.name FROM clients k WHERE ${await knownTo(deps, actor)} AND ${older} AND k.id IN (
          SELECT id FROM clients WHERE ${contains(Prisma.sql`name_key`, text)}
          UNION SELECT id FROM clients WHERE ${contains(Prisma.sql`near_key`, nearKey(body.text) || text)}
          UNION SELECT client_id FROM legal_entities WHERE code = ${normaliseUscc(body.text)}
          UNION SELECT e.client_id FROM entity_names n JOIN legal_entities e ON e.id = n.entity_id WHERE ${contains(Prisma.sql`n.name_key`, text)})
        ORDER BY k.name, k.id LIMIT ${body.limit + 1}`,
    );
    const page = pageOf(rows, body.limit, (row) => [row.name, row.id]);
    const accounts = await prisma.account.findMany({ where: { clientId: { in: page.items.map((row) => row.id) } } });
    const accountOf = new Map(accounts.map((account) => [account.clientId, account.id]));
    return {
      items: page.items.map(({ id, name }) => ({ id, name, accountId: accountOf.get(id) ?? null })),
      nextCursor: page.nextCursor,
    };
  });
}

/** Which clients `k` one knows: the office keeps the register; others know those of cases they may read, and those on the published list. */
async function knownTo(deps: ApiDeps, actor: Actor): Promise<Prisma.Sql> {
  if (hasRole(actor, 'office') || hasRole(actor, 'dataClerk')) return Prisma.sql`true`;
  const { condition } = await readableCases(deps, actor);
  return Prisma.sql`((SELECT true FROM accounts a WHERE a.client_id = k.id AND a.on_list LIMIT 1)
    OR (SELECT true FROM cases c WHERE c.client_id = k.id AND ${condition} LIMIT 1))`;
}
