import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { appendAudit } from '../../cases/audit.ts';
import { fillSeat, leave } from '../../cases/people.ts';
import { isBalloting } from '../../cases/seatProposals.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { DomainError } from '../../domain/errors.ts';
import { organisationRoutes as routes, type SeatView, type UnitView } from '../contract/organisation.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { dateOf, dayOf, dayOrNull, inForce, today } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { keyOf, pageOf, whole } from '../views/pages.ts';

/** Administrators are three different people (Article 11; the separation is 系统默认). */
const ADMINISTRATORS = ['systemAdmin', 'securityAdmin', 'auditor'];
const IN_UNIT = ['submitter', 'unitHead', 'marketingDeputy'];

/** Units, persons and seats, and who may change them. */
export function mountOrganisation({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.units, async () => {
    const units = await prisma.unit.findMany({
      include: { territories: { orderBy: { prefix: 'asc' } } },
      orderBy: { code: 'asc' },
    });
    return whole(
      units.map((unit) => ({
        id: unit.id,
        name: unit.name,
        nameEn: unit.nameEn,
        code: unit.code,
        kind: unit.kind as UnitView['kind'],
        parentId: unit.parentId,
        dissolvedOn: dayOrNull(unit.dissolvedOn),
        territories: unit.territories.map((territory) => ({
          regionCode: [territory.prefix, territory.area].filter(Boolean).join('/'),
          carveOut: territory.carveOut,
          validFrom: dayOf(territory.validFrom),
          validTo: dayOrNull(territory.validTo),
        })),
      })),
    );
  });

  on(routes.persons, async ({ query }) => {
    const after = keyOf(query.cursor, 'text');
    const holders = query.role
      ? await prisma.roleAssignment.findMany({ where: { role: query.role, ...inForce() }, select: { personId: true } })
      : null;
    const persons = await prisma.person.findMany({
      where: {
        AND: [
          query.unitId ? { unitId: query.unitId } : {},
          query.active === undefined ? {} : { active: query.active },
          holders ? { id: { in: holders.map((held) => held.personId) } } : {},
          after ? { id: { gt: after[0] } } : {},
        ],
      },
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    });
    const page = pageOf(persons, query.limit, (person) => [person.id]);
    const ids = page.items.map((person) => person.id);
    const [roles, terms] = await Promise.all([
      prisma.roleAssignment.findMany({ where: { personId: { in: ids }, ...inForce() }, orderBy: { role: 'asc' } }),
      prisma.seatTerm.findMany({ where: { personId: { in: ids }, ...inForce() } }),
    ]);
    const seats = await prisma.seat.findMany({ where: { id: { in: terms.map((term) => term.seatId) } } });
    const names = await loadNames(prisma, {
      units: [...page.items.map((person) => person.unitId), ...roles.map((held) => held.unitId)],
    });
    return {
      items: page.items.map((person) => ({
        id: person.id,
        name: person.name,
        nameEn: person.nameEn,
        unit: names.unit(person.unitId),
        active: person.active,
        leftOn: dayOrNull(person.leftOn),
        roles: roles
          .filter((held) => held.personId === person.id)
          .map((held) => ({
            id: held.id,
            role: held.role,
            unit: names.unitOrNull(held.unitId),
            validFrom: dayOf(held.validFrom),
            validTo: dayOrNull(held.validTo),
          })),
        seats: terms
          .filter((term) => term.personId === person.id)
          .flatMap((term) => seats.filter((seat) => seat.id === term.seatId))
          .map(({ id, name, nameEn }) => ({ seatId: id, name, nameEn })),
      })),
      nextCursor: page.nextCursor,
    };
  });

  on(routes.seats, async () => {
    const [seats, terms] = await Promise.all([
      prisma.seat.findMany({ orderBy: { ord: 'asc' } }),
      prisma.seatTerm.findMany({ orderBy: [{ validFrom: 'desc' }, { id: 'desc' }] }),
    ]);
    const names = await loadNames(prisma, {
      persons: terms.map((term) => term.personId),
      units: seats.map((seat) => seat.unitId),
    });
    const day = today();
    return whole(
      seats.map((seat): SeatView => {
        const own = terms.filter((term) => term.seatId === seat.id);
        const view = (term: (typeof own)[number]) => ({
          person: names.person(term.personId),
          validFrom: dayOf(term.validFrom),
          validTo: dayOrNull(term.validTo),
          document: term.document,
        });
        const holder = own.find((term) => term.validFrom <= day && (term.validTo === null || term.validTo > day));
        return {
          id: seat.id,
          kind: seat.kind as SeatView['kind'],
          ord: seat.ord,
          name: seat.name,
          nameEn: seat.nameEn,
          unit: names.unitOrNull(seat.unitId),
          holder: holder ? view(holder) : null,
          terms: own.map(view),
        };
      }),
    );
  });

  on(routes.leave, async ({ actor, params, body, key }) => {
    if (params.id === actor.personId) throw new DomainError('separation', { why: '不能办理本人离任' });
    return once(deps, { personId: actor.personId, target: `person:${params.id}:leave`, key, body }, async () => {
      await leave(deps, { adminId: actor.personId, personId: params.id, on: body.on });
      return { done: true as const };
    });
  });

  on(routes.term, async ({ actor, params, body, key }) => {
    const { personId, validFrom, document } = body;
    if (await isBalloting(deps.pool, params.id)) throw new DomainError('twoPersons');
    return once(deps, { personId: actor.personId, target: `seat:${params.id}:terms`, key, body }, async () => {
      await fillSeat(deps, { adminId: actor.personId, seatId: params.id, personId, from: validFrom, document });
      return { done: true as const };
    });
  });

  on(routes.grant, async ({ actor, body, key }) => {
    const adminId = actor.personId;
    if (IN_UNIT.includes(body.role) !== (body.unitId !== undefined))
      throw new DomainError('invalid', { field: 'unitId', reason: body.role }, 'unitId');
    if (body.personId === adminId) throw new DomainError('separation', { why: '不能给自己授权' });
    const [person, unit] = await Promise.all([
      prisma.person.findUnique({ where: { id: body.personId } }),
      body.unitId ? prisma.unit.findUnique({ where: { id: body.unitId } }) : null,
    ]);
    if (!person?.active) throw new DomainError('unfitPerson', { field: 'personId', why: '不是在职人员' }, 'personId');
    if (body.unitId && !unit) throw new DomainError('invalid', { field: 'unitId', reason: '—' }, 'unitId');
    return once(deps, { personId: adminId, target: 'roles', key, body }, () =>
      inTransaction(deps, async (client) => {
        const id = randomUUID();
        if (ADMINISTRATORS.includes(body.role)) await refuseSecondAdministration(client, body.personId, body.role);
        await client.query(
          `INSERT INTO role_assignments (id, person_id, role, unit_id, valid_from, document, granted_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [id, body.personId, body.role, body.unitId ?? null, body.validFrom, body.document, adminId],
        );
        const codes = { roleId: id, personId: body.personId, role: body.role, unitId: body.unitId ?? null };
        await appendAudit(client, { act: 'role.granted', actorId: adminId, codes });
        return { result: { id }, doorbell: null };
      }),
    );
  });

  on(routes.endRole, async ({ actor: { personId }, params, body, key }) =>
    once(deps, { personId, target: `role:${params.id}:end`, key, body }, () =>
      inTransaction(deps, async (client) => {
        const { rowCount } = await client.query(
          `UPDATE role_assignments SET valid_to = greatest(valid_from, $2) WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)`,
          [params.id, dateOf(body.on)],
        );
        if (rowCount === 0) throw new DomainError('notFound');
        // Open tasks may have lost their last candidate: their cases are woken, and see to it.
        await client.query(
          `INSERT INTO outbox (case_id, process, seq) SELECT c.id, c.process, c.seq FROM cases c
           WHERE c.closed_at IS NULL AND EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.status = 'open') AND c.state <> 'draft'`,
        );
        await appendAudit(client, { act: 'role.ended', actorId: personId, codes: { roleId: params.id, on: body.on } });
        return { result: { done: true as const }, doorbell: null };
      }),
    ),
  );
}

/** Asked under the person's lock, of what is held and of what is granted for later: two grants at once are not to pass each other. */
async function refuseSecondAdministration(client: PoolClient, personId: string, role: string): Promise<void> {
  await client.query('SELECT 1 FROM persons WHERE id = $1 FOR UPDATE', [personId]);
  const { rows } = await client.query(
    `SELECT 1 FROM role_assignments WHERE person_id = $1 AND role = ANY ($2) AND role <> $3
       AND (valid_to IS NULL OR valid_to > greatest(valid_from, (now() AT TIME ZONE 'Asia/Shanghai')::date)) LIMIT 1`,
    [personId, ADMINISTRATORS, role],
  );
  if (rows.length > 0) throw new DomainError('separation', { why: '三员分立：同一人不得兼任' });
}
