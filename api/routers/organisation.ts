import { requireCome } from '../../cases/organisation.ts';
import { leave } from '../../cases/people.ts';
import { endRoleByHand, grantRole } from '../../cases/roles.ts';
import { fillSeat } from '../../cases/seats.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { DomainError } from '../../domain/errors.ts';
import { isAdministratorRole, unitRoles } from '../../domain/roles.ts';
import { organisationRoutes as routes } from '../contract/organisation.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { chosen, personViews, seatViews, unitViews } from '../views/organisationViews.ts';
import { keyOf, pageOf, whole } from '../views/pages.ts';

/** Units, persons and seats, and who may change them. */
export function mountOrganisation({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.units, async () => whole(await unitViews(prisma)));

  on(routes.persons, async ({ query }) => {
    const after = keyOf(query.cursor, 'text');
    const persons = await prisma.person.findMany({
      where: { AND: [await chosen(prisma, query), after ? { id: { gt: after[0] } } : {}] },
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    });
    const page = pageOf(persons, query.limit, (person) => [person.id]);
    return { items: await personViews(prisma, page.items), nextCursor: page.nextCursor };
  });

  on(routes.seats, async () => whole(await seatViews(prisma)));

  on(routes.leave, async ({ actor, params, body, key }) => {
    if (params.id === actor.personId) throw new DomainError('separation', { why: 'ownLeave' });
    requireCome(body.on);
    return doneOnce(deps, { personId: actor.personId, target: `person:${params.id}:leave`, key, body }, (keep) =>
      leave(deps, { adminId: actor.personId, personId: params.id, ...body }, keep),
    );
  });

  on(routes.term, async ({ actor, params, body, key }) => {
    const { personId, validFrom: from, document, after } = body;
    const appointment = { adminId: actor.personId, seatId: params.id, personId, from, document, after };
    return doneOnce(deps, { personId: actor.personId, target: `seat:${params.id}:terms`, key, body }, (keep) =>
      fillSeat(deps, appointment, keep),
    );
  });

  on(routes.grant, async ({ actor, body, key }) => {
    const adminId = actor.personId;
    if (unitRoles.includes(body.role) !== (body.unitId !== undefined))
      throw new DomainError(
        'invalid',
        { field: 'unitId', reason: body.unitId ? 'roleOfNoUnit' : 'roleOfAUnit' },
        'unitId',
      );
    if (body.personId === adminId) throw new DomainError('separation', { why: 'ownRole' });
    if (isAdministratorRole(body.role)) throw new DomainError('administratorByTwo', {}, 'role');
    const [person, unit] = await Promise.all([
      prisma.person.findUnique({ where: { id: body.personId } }),
      body.unitId ? prisma.unit.findUnique({ where: { id: body.unitId } }) : null,
    ]);
    if (!person?.active) throw new DomainError('unfitPerson', { field: 'personId', why: 'inactive' }, 'personId');
    if (body.unitId && !unit) throw new DomainError('invalid', { field: 'unitId', reason: 'noUnit' }, 'unitId');
    return once<{ id: string }>(deps, { personId: adminId, target: 'roles', key, body }, (keep) =>
      inTransaction(deps, async (client) => {
        const { personId, role, unitId = null, validFrom: from, document } = body;
        const id = await grantRole(client, {
          personId,
          role,
          unitId,
          from,
          document,
          grantedBy: adminId,
          source: 'manual',
        });
        await keep(client, { id });
        return { result: { id }, doorbell: null };
      }),
    );
  });

  on(routes.endRole, async ({ actor: { personId }, params, body, key }) =>
    doneOnce(deps, { personId, target: `role:${params.id}:end`, key, body }, (keep) =>
      inTransaction(deps, async (client) => {
        await endRoleByHand(client, { roleId: params.id, on: body.on, adminId: personId });
        await keep(client);
        return { result: undefined, doorbell: null };
      }),
    ),
  );
}
