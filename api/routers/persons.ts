import { addPerson, changePerson } from '../../cases/people.ts';
import { vacateSeat } from '../../cases/seats.ts';
import { DomainError } from '../../domain/errors.ts';
import { personRoutes as routes } from '../contract/persons.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { chosen, personDetail, personViews } from '../views/organisationViews.ts';
import { keyOf, pageOf } from '../views/pages.ts';
import { reassignableOf } from '../views/reassignable.ts';

/** Persons, and the seats they leave. The system administrator enters and moves them; what they may do is the security administrator's (系统默认). */
export function mountPersons({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.search, async ({ body }) => {
    const after = keyOf(body.cursor, 'text');
    const persons = await prisma.person.findMany({
      where: { AND: [await chosen(prisma, body), after ? { id: { gt: after[0] } } : {}] },
      orderBy: { id: 'asc' },
      take: body.limit + 1,
    });
    const page = pageOf(persons, body.limit, (person) => [person.id]);
    return { items: await personViews(prisma, page.items), nextCursor: page.nextCursor };
  });

  on(routes.person, async ({ actor, params }) => {
    const person = await personDetail(prisma, params.id);
    if (!person) throw new DomainError('notFound');
    return { ...person, reassignable: await reassignableOf(deps, actor, { managerId: params.id }) };
  });

  on(routes.addPerson, async ({ actor: { personId }, body, key }) =>
    once<{ id: string }>(deps, { personId, target: 'persons', key, body }, (keep) =>
      addPerson(deps, { adminId: personId, ...body }, keep),
    ),
  );

  on(routes.changePerson, async ({ actor, params, body }) => {
    if (params.id === actor.personId) throw new DomainError('separation', { why: 'ownRecord' });
    await changePerson(deps, { adminId: actor.personId, personId: params.id, ...body });
    return { done: true as const };
  });

  on(routes.vacateSeat, async ({ actor: { personId }, params, body, key }) => {
    return doneOnce(deps, { personId, target: `seat:${params.id}:vacate`, key, body }, (keep) =>
      vacateSeat(deps, params.id, { adminId: personId, ...body }, keep),
    );
  });
}
