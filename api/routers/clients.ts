import { type Actor, hasRole } from '../../cases/actor.ts';
import { recordAudit } from '../../cases/audit.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { checkClient } from '../../cases/exclusivityChecks.ts';
import { nearKey, normaliseName } from '../../domain/clientName.ts';
import { DomainError } from '../../domain/errors.ts';
import { normaliseUscc } from '../../domain/uscc.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { type ClientArchive, clientRoutes as routes } from '../contract/clients.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { contains } from '../views/casePages.ts';
import { dayOf, dayOrNull } from '../views/days.ts';
import { checkView, told } from '../views/exclusivityViews.ts';
import { keyOf, pageOf } from '../views/pages.ts';
import { readableCases } from '../views/readableCases.ts';

/** The client register: who is free to be recommended, and the clients one has to do with. */
export function mountClients({ on, limits }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(
    routes.checkClient,
    async ({ actor, body }) => checkView(deps, told(await checkClient(deps, actor, body))),
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
      prisma.account.findFirst({
        where: { clientId: params.id },
        orderBy: [{ establishedOn: 'desc' }, { archiveNo: 'desc' }],
      }),
    ]);
    const known = cases.length > 0 || account?.onList || (await mayReadArchive(deps, actor, params.id));
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
        shortNames: entity.names.filter((each) => each.kind === 'short').map((each) => each.name),
        validFrom: dayOf(entity.validFrom),
        validTo: dayOrNull(entity.validTo),
      })),
      accountId: account?.id ?? null,
      caseIds: cases.map((row) => row.id),
      mayReadArchive: await mayReadArchive(deps, actor, client.id),
    };
  });

  on(routes.searchClients, async ({ actor, body }) => {
    const after = keyOf(body.cursor, 'text', 'text');
    const older = after ? Prisma.sql`(k.name, k.id) > (${after[0]}, ${after[1]})` : Prisma.sql`true`;
    const { rows } = await deps.pool.query<{ id: string; name: string }>(
      Prisma.sql`SELECT k.id, k.name FROM clients k WHERE ${await knownTo(deps, actor)} AND ${older} AND ${called(body.text ?? '')}
        ORDER BY k.name, k.id LIMIT ${body.limit + 1}`,
    );
    const page = pageOf(rows, body.limit, (row) => [row.name, row.id]);
    const ids = page.items.map((row) => row.id);
    const [accounts, entities] = await Promise.all([
      prisma.account.findMany({
        where: { clientId: { in: ids } },
        orderBy: [{ establishedOn: 'asc' }, { archiveNo: 'asc' }],
      }),
      prisma.legalEntity.findMany({ where: { clientId: { in: ids }, validTo: null }, orderBy: { validFrom: 'asc' } }),
    ]);
    const accountOf = new Map(accounts.map((account) => [account.clientId, account]));
    return {
      items: page.items.map(({ id, name }) => {
        const own = entities.filter((entity) => entity.clientId === id);
        const account = accountOf.get(id);
        return {
          id,
          name,
          entities: own.length,
          code: own.find((entity) => entity.name === name)?.code ?? null,
          accountId: account?.id ?? null,
          accountState: account?.state ?? null,
        };
      }),
      nextCursor: page.nextCursor,
    };
  });

  on(routes.archive, async ({ actor, params, body }) => {
    const client = await prisma.client.findUnique({ where: { id: params.id } });
    if (!client) throw new DomainError('notFound');
    if (!(await mayReadArchive(deps, actor, client.id)))
      throw new DomainError('forbidden', { needed: 'office, dataClerk' });
    await recordAudit(deps.pool, {
      act: 'archive.read',
      actorId: actor.personId,
      codes: { clientId: client.id, purpose: body.purpose },
    });
    const {
      client: about = {},
      keyPersons = [],
      projects = [],
      investmentDirection = '',
      records = {},
      credit = {},
    } = client.secret
      ? await openForClient<Partial<ClientArchive>>(deps, client.id, 'clients', client.id, client.secret)
      : {};
    return { client: about, keyPersons, projects, investmentDirection, records, credit };
  });
}

/**
 * Contacts, key persons and credit data are for whoever works with them (Article 11; the circle is 系统默认): the office and its data
 * clerk, the committee, the holding unit's officers and the account's manager.
 */
async function mayReadArchive({ prisma }: ApiDeps, actor: Actor, clientId: string): Promise<boolean> {
  if (hasRole(actor, 'office') || hasRole(actor, 'dataClerk') || actor.seats.length > 0) return true;
  const units = actor.roles.flatMap(({ unitId }) => unitId ?? []);
  const held = await prisma.holding.findFirst({
    where: { clientId, validTo: null, OR: [{ unitId: { in: units } }, { managerId: actor.personId }] },
    select: { id: true },
  });
  return held !== null;
}

/** Clients `k` by a name they have or had, however it is spelled, by a near one, or by a code. */
function called(given: string): Prisma.Sql {
  const text = normaliseName(given);
  if (text === '') return Prisma.sql`true`;
  const near = nearKey(given) || text;
  return Prisma.sql`k.id IN (
    SELECT id FROM clients WHERE ${contains(Prisma.sql`name_key`, text)}
    UNION SELECT id FROM clients WHERE ${contains(Prisma.sql`near_key`, near)} OR (near_key % ${near} AND similarity(near_key, ${near}) > 0.5)
    UNION SELECT client_id FROM legal_entities WHERE code = ${normaliseUscc(given)}
    UNION SELECT e.client_id FROM entity_names n JOIN legal_entities e ON e.id = n.entity_id WHERE ${contains(Prisma.sql`n.name_key`, text)})`;
}

/** Which clients `k` one knows: the office keeps the register; others know those of cases they may read, and those on the published list. */
async function knownTo(deps: ApiDeps, actor: Actor): Promise<Prisma.Sql> {
  if (hasRole(actor, 'office') || hasRole(actor, 'dataClerk')) return Prisma.sql`true`;
  const units = actor.roles.flatMap(({ unitId }) => unitId ?? []);
  const { condition } = await readableCases(deps, actor);
  return Prisma.sql`((SELECT true FROM accounts a WHERE a.client_id = k.id AND a.on_list LIMIT 1)
    OR (SELECT true FROM holdings h WHERE h.client_id = k.id AND h.valid_to IS NULL AND (h.manager_id = ${actor.personId} OR h.unit_id = ANY (${units})) LIMIT 1)
    OR (SELECT true FROM cases c WHERE c.client_id = k.id AND ${condition} LIMIT 1))`;
}
