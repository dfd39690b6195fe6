import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { appendAudit } from '../../cases/audit.ts';
import { requireCome } from '../../cases/organisation.ts';
import { fillSeat, leave } from '../../cases/people.ts';
import { isBalloting } from '../../cases/seatProposals.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { DomainError } from '../../domain/errors.ts';
import { organisationRoutes as routes } from '../contract/organisation.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { dateOf } from '../views/days.ts';
import { chosen, personViews, seatViews, unitViews } from '../views/organisationViews.ts';
import { keyOf, pageOf, whole } from '../views/pages.ts';

/** Administrators are three different people (Article 11; the separation is 系统默认). */
const ADMINISTRATORS = ['systemAdmin', 'securityAdmin', 'auditor'];
const IN_UNIT = ['submitter', 'unitHead', 'marketingDeputy'];

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
    if (params.id === actor.personId) throw new DomainError('separation', { why: '不能办理本人离任' });
    return once(deps, { personId: actor.personId, target: `person:${params.id}:leave`, key, body }, async () => {
      requireCome(body.on);
      await leave(deps, { adminId: actor.personId, personId: params.id, ...body });
      return { done: true as const };
    });
  });

  on(routes.term, async ({ actor, params, body, key }) => {
    const { personId, validFrom: from, document, after } = body;
    if (await isBalloting(deps.pool, params.id)) throw new DomainError('twoPersons');
    return once(deps, { personId: actor.personId, target: `seat:${params.id}:terms`, key, body }, async () => {
      await fillSeat(deps, { adminId: actor.personId, seatId: params.id, personId, from, document, after });
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
