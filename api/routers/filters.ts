import type { PoolClient } from 'pg';
import type { Actor } from '../../cases/actor.ts';
import { appendAudit } from '../../cases/audit.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { DomainError } from '../../domain/errors.ts';
import { newId } from '../../platform/id.ts';
import type { SavedFilter as Stored } from '../../prisma/generated/client.ts';
import {
  COUNT_LIMIT,
  FILTER_LIMIT,
  filterRoutes as routes,
  type SavedFilter,
  savedFilter,
} from '../contract/filters.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { all, caseConditions } from '../views/caseConditions.ts';
import { countCases } from '../views/casePages.ts';
import { countFitting } from '../views/inbox.ts';
import { whole } from '../views/pages.ts';
import { readableCases } from '../views/readableCases.ts';

/** A person's own filters of the inbox and of the cases. Nobody sees another's. */
export function mountFilters({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.filters, async ({ actor, query }) => {
    const rows = await prisma.savedFilter.findMany({
      where: { personId: actor.personId, list: query.list },
      orderBy: [{ ord: 'asc' }, { createdAt: 'asc' }],
    });
    return whole((await Promise.all(rows.map((row) => viewOf(deps, actor, row)))).flat());
  });

  on(routes.save, async ({ actor: { personId }, body, key }) =>
    once<{ id: string }>(deps, { personId, target: 'filters', key, body }, (keep) =>
      changing(deps, personId, async (client) => {
        const { rows } = await client.query<{ kept: number; last: number; taken: boolean }>(
          `SELECT count(*)::int AS kept, coalesce(max(ord), 0) AS last, coalesce(bool_or(name = $3), false) AS taken
           FROM saved_filters WHERE person_id = $1 AND list = $2`,
          [personId, body.list, body.name],
        );
        const { kept = 0, last = 0, taken = false } = rows[0] ?? {};
        if (taken) throw new DomainError('nameTaken', { name: body.name }, 'name');
        if (kept >= FILTER_LIMIT) throw new DomainError('tooMany', { limit: FILTER_LIMIT });
        const id = newId();
        await client.query(
          'INSERT INTO saved_filters (id, person_id, list, name, criteria, ord) VALUES ($1, $2, $3, $4, $5, $6)',
          [id, personId, body.list, body.name, JSON.stringify(body.criteria), last + 1],
        );
        await appendAudit(client, { act: 'filter.saved', actorId: personId, codes: { filterId: id, list: body.list } });
        await keep(client, { id });
        return { id };
      }),
    ),
  );

  on(routes.arrange, async ({ actor: { personId }, body: { list, ids } }) =>
    changing(deps, personId, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        'SELECT id FROM saved_filters WHERE person_id = $1 AND list = $2',
        [personId, list],
      );
      const own = new Set(rows.map(({ id }) => id));
      if (new Set(ids).size !== own.size || ids.length !== own.size || !ids.every((id) => own.has(id)))
        throw new DomainError('notFound');
      await client.query(
        'UPDATE saved_filters s SET ord = given.ord FROM unnest($1::text[]) WITH ORDINALITY AS given (id, ord) WHERE s.id = given.id',
        [ids],
      );
      await appendAudit(client, { act: 'filter.arranged', actorId: personId, codes: { list } });
      return done;
    }),
  );

  on(routes.change, async ({ actor: { personId }, params: { id }, body: { name, isDefault } }) =>
    changing(deps, personId, async (client) => {
      const list = await listOf(client, personId, id);
      const { rowCount: taken } = await client.query(
        'SELECT 1 FROM saved_filters WHERE person_id = $1 AND list = $2 AND name = $3 AND id <> $4',
        [personId, list, name, id],
      );
      if (taken) throw new DomainError('nameTaken', { name }, 'name');
      if (isDefault)
        await client.query(
          'UPDATE saved_filters SET is_default = false WHERE person_id = $1 AND list = $2 AND is_default AND id <> $3',
          [personId, list, id],
        );
      await client.query('UPDATE saved_filters SET name = $2, is_default = $3 WHERE id = $1', [id, name, isDefault]);
      await appendAudit(client, { act: 'filter.changed', actorId: personId, codes: { filterId: id, isDefault } });
      return done;
    }),
  );

  on(routes.remove, async ({ actor: { personId }, params: { id } }) =>
    changing(deps, personId, async (client) => {
      await listOf(client, personId, id);
      await client.query('DELETE FROM saved_filters WHERE id = $1', [id]);
      await appendAudit(client, { act: 'filter.removed', actorId: personId, codes: { filterId: id } });
      return done;
    }),
  );
}

const done = { done: true as const };

/** One change of a person's filters at a time, so that names, order and what a list opens with agree. */
function changing<Result>(
  deps: ApiDeps,
  personId: string,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return inTransaction(deps, async (client) => {
    await client.query('SELECT id FROM persons WHERE id = $1 FOR UPDATE', [personId]);
    return { result: await work(client), doorbell: null };
  });
}

/** The list of one's own filter. @throws DomainError `notFound` */
async function listOf(client: PoolClient, personId: string, id: string): Promise<string> {
  const { rows } = await client.query<{ list: string }>(
    'SELECT list FROM saved_filters WHERE id = $1 AND person_id = $2',
    [id, personId],
  );
  if (!rows[0]) throw new DomainError('notFound');
  return rows[0].list;
}

/** A filter with how much fits it; none where what it asks for is not known any more. */
async function viewOf(deps: ApiDeps, actor: Actor, row: Stored): Promise<SavedFilter[]> {
  const { id, list, name, criteria, isDefault } = row;
  const read = savedFilter.safeParse({ id, list, name, criteria, isDefault, count: 0 });
  if (!read.success) return [];
  const filter = read.data;
  const count =
    filter.list === 'inbox'
      ? await countFitting(deps, actor, filter.criteria, COUNT_LIMIT)
      : await countCases(
          deps,
          { wanted: all(caseConditions(filter.criteria)), readable: await readableCases(deps, actor) },
          COUNT_LIMIT,
        );
  return [{ ...filter, count }];
}
