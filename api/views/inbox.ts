import type { Actor } from '../../cases/actor.ts';
import { addDays, endOfDay, localDay } from '../../domain/calendar.ts';
import { Prisma, type Task } from '../../prisma/generated/client.ts';
import type { Page } from '../contract/shared.ts';
import type { Box, DueWindow, InboxCriteria, InboxRow } from '../contract/tasks.ts';
import type { ApiDeps } from '../deps.ts';
import { all, caseConditions } from './caseConditions.ts';
import { type CaseQuery, casePage, countCases } from './casePages.ts';
import { caseSummaries } from './caseSummaries.ts';
import { timeOf } from './days.ts';
import { delegatedTasks } from './delegatedTasks.ts';
import { ownAndSharedKeys } from './holders.ts';
import { keyOf, pageOf } from './pages.ts';
import { readableCases } from './readableCases.ts';
import { taskSummaries } from './taskSummaries.ts';

export type InboxQuery = InboxCriteria & { readonly cursor?: string | undefined; readonly limit: number };

/** One box of the inbox, narrowed: what waits by deadline, the earliest first, or by when it came; what is past, the latest first. */
export async function inbox(deps: ApiDeps, actor: Actor, query: InboxQuery): Promise<Page<InboxRow>> {
  switch (query.box) {
    case 'mine':
    case 'group':
    case 'delegated':
      return openTasks(deps, actor, query);
    case 'decided':
      return decided(deps, actor, query);
    case 'initiated':
    case 'copied':
      return cases(deps, { ...query, ...(await casesOf(deps, actor, query)) });
  }
}

/** How much of a box fits, counted no further than `most`. */
export async function countFitting(
  deps: ApiDeps,
  actor: Actor,
  criteria: InboxCriteria,
  most: number,
): Promise<number> {
  if (criteria.box === 'initiated' || criteria.box === 'copied')
    return countCases(deps, await casesOf(deps, actor, criteria), most);
  const rows =
    criteria.box === 'decided'
      ? Prisma.sql`${answered(actor, criteria)} AND ${(await readableCases(deps, actor)).condition}`
      : await waitingRows(deps, actor, criteria);
  const { rows: found } = await deps.pool.query<{ count: number }>(
    Prisma.sql`SELECT count(*)::int AS count FROM (SELECT 1 ${rows} LIMIT ${most}) fitting`,
  );
  return found[0]?.count ?? 0;
}

/** How many open tasks wait in a box. */
export async function countTasks(deps: ApiDeps, actor: Actor, box: 'mine' | 'group' | 'delegated'): Promise<number> {
  const { rows } = await deps.pool.query<{ count: number }>(
    Prisma.sql`SELECT count(*)::int AS count FROM tasks t WHERE ${await waiting(deps, actor, box)}`,
  );
  return rows[0]?.count ?? 0;
}

/** What holds for a row `t` of `tasks` in a box: `mine` is what no other could answer; `group` what a role shares and nobody has claimed. */
async function waiting(deps: ApiDeps, actor: Actor, box: Box): Promise<Prisma.Sql> {
  if (box === 'delegated') {
    const delegated = (await delegatedTasks(deps, actor)).map(({ condition }) => condition);
    return Prisma.sql`(t.status = 'open' AND ${delegated.length > 0 ? Prisma.sql`(${Prisma.join(delegated, ' OR ')})` : Prisma.sql`false`})`;
  }
  const { own, shared } = await ownAndSharedKeys(deps.prisma, actor);
  const isOwn = Prisma.sql`(t.assignee_id IS NULL AND t.candidates && ${own}::text[])`;
  return box === 'mine'
    ? Prisma.sql`(t.status = 'open' AND (t.assignee_id = ${actor.personId} OR ${isOwn}))`
    : Prisma.sql`(t.status = 'open' AND t.assignee_id IS NULL AND t.candidates && ${shared}::text[] AND NOT ${isOwn})`;
}

/** What holds for a row `t` of `tasks` that fits. */
function taskConditions({ kinds, due }: InboxCriteria): Prisma.Sql[] {
  return [...(kinds ? [Prisma.sql`t.kind = ANY (${kinds})`] : []), ...(due ? [dueConditions[due]()] : [])];
}

const dueConditions: Readonly<Record<DueWindow, () => Prisma.Sql>> = {
  overdue: () => Prisma.sql`t.due_at <= now()`,
  today: () => within(localDay(Date.now())),
  soon: () => Prisma.sql`(t.due_at > now() AND (t.remind_day_at IS NULL OR t.remind_day_at <= now()))`,
  week: () => within(addDays(localDay(Date.now()), 7)),
  none: () => Prisma.sql`t.due_at IS NULL`,
};

/** Due, and not past the end of a day at Asia/Shanghai. */
const within = (day: string): Prisma.Sql => Prisma.sql`(t.due_at > now() AND t.due_at <= ${new Date(endOfDay(day))})`;

const waitingRows = async (deps: ApiDeps, actor: Actor, criteria: InboxCriteria): Promise<Prisma.Sql> =>
  Prisma.sql`FROM tasks t JOIN cases c ON c.id = t.case_id
    WHERE ${all([await waiting(deps, actor, criteria.box), ...taskConditions(criteria), ...caseConditions(criteria)])}`;

const NEVER = new Date('9999-01-01T00:00:00Z');

type Ordering = { readonly by: Prisma.Sql; readonly descending: boolean; readonly of: (task: Task) => Date };
const orderings: Readonly<Record<InboxCriteria['sort'], Ordering>> = {
  // Tasks without a deadline come last.
  due: { by: Prisma.sql`coalesce(t.due_at, ${NEVER})`, descending: false, of: (task) => task.dueAt ?? NEVER },
  newest: { by: Prisma.sql`t.opened_at`, descending: true, of: (task) => task.openedAt },
  oldest: { by: Prisma.sql`t.opened_at`, descending: false, of: (task) => task.openedAt },
};

async function openTasks(deps: ApiDeps, actor: Actor, query: InboxQuery): Promise<Page<InboxRow>> {
  const after = keyOf(query.cursor, 'instant', 'text');
  const { by, descending, of } = orderings[query.sort];
  const order = descending ? Prisma.sql`${by} DESC, t.id DESC` : Prisma.sql`${by}, t.id`;
  const beyond = after
    ? Prisma.sql`(${by}, t.id) ${descending ? Prisma.sql`<` : Prisma.sql`>`} (${after[0]}::timestamptz, ${after[1]}::text)`
    : Prisma.sql`true`;
  const { rows } = await deps.pool.query<{ id: string }>(
    Prisma.sql`SELECT t.id ${await waitingRows(deps, actor, query)} AND ${beyond} ORDER BY ${order} LIMIT ${query.limit + 1}`,
  );
  const tasks = await tasksOf(
    deps,
    rows.map(({ id }) => id),
  );
  const page = pageOf(tasks, query.limit, (task) => [timeOf(of(task)), task.id]);
  return {
    items: await rowsOf(
      deps,
      actor,
      page.items.map((task) => ({ task, at: task.openedAt, action: null })),
    ),
    nextCursor: page.nextCursor,
  };
}

/** Tasks by their ids, in the order given. */
async function tasksOf({ prisma }: Pick<ApiDeps, 'prisma'>, ids: readonly string[]): Promise<Task[]> {
  const tasks = await prisma.task.findMany({ where: { id: { in: [...ids] } } });
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What one answered, in cases that fit. */
function answered(actor: Actor, criteria: InboxCriteria): Prisma.Sql {
  const ofTask = taskConditions(criteria);
  // A scalar subquery by the task's id is always answered by its index.
  const fits =
    ofTask.length > 0 ? [Prisma.sql`(SELECT true FROM tasks t WHERE t.id = f.task_id AND ${all(ofTask)})`] : [];
  return Prisma.sql`FROM facts f JOIN cases c ON c.id = f.case_id
    WHERE f.actor_id = ${actor.personId} AND f.kind IN ('decided', 'voted', 'recused', 'recorded', 'overridden') AND f.task_id IS NOT NULL
      AND ${all([...fits, ...caseConditions(criteria)])}`;
}

/** So many of the latest answers that fit are looked through before all of them are. */
const LATEST = 500;

async function decided(deps: ApiDeps, actor: Actor, query: InboxQuery): Promise<Page<InboxRow>> {
  const [at, caseId, seq] = keyOf(query.cursor, 'instant', 'text', 'number') ?? [NEVER, '', 0];
  const { condition } = await readableCases(deps, actor);
  const order = Prisma.sql`ORDER BY f.at DESC, f.case_id DESC, f.seq DESC`;
  const from = Prisma.sql`${answered(actor, query)} AND (f.at, f.case_id, f.seq) < (${at}, ${caseId}, ${seq})`;
  const count = query.limit + 1;
  const columns = Prisma.sql`f.case_id AS "caseId", f.seq, f.at, f.action, f.task_id AS "taskId"`;
  // Of many answers nearly all can still be read: what he no longer may is looked for among the latest.
  const { rows: near } = await deps.pool.query<Decided & { looked: number }>(
    Prisma.sql`WITH latest AS MATERIALIZED (SELECT f.* ${from} ${order} LIMIT ${LATEST})
      SELECT looked, ${columns} FROM (SELECT count(*)::int AS looked FROM latest) l
      LEFT JOIN LATERAL (SELECT * FROM latest f WHERE (SELECT ${condition} FROM cases c WHERE c.id = f.case_id) ${order} LIMIT ${count}) f ON true ${order}`,
  );
  const facts =
    near.length === count || (near[0]?.looked ?? 0) < LATEST
      ? near.filter(({ taskId }) => taskId !== null)
      : (await deps.pool.query<Decided>(Prisma.sql`SELECT ${columns} ${from} AND ${condition} ${order} LIMIT ${count}`))
          .rows;
  const page = pageOf(facts, query.limit, (fact) => [timeOf(fact.at), fact.caseId, fact.seq]);
  const tasks = await tasksOf(
    deps,
    page.items.map((fact) => fact.taskId),
  );
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const entries = page.items.flatMap((fact) => {
    const task = byId.get(fact.taskId);
    return task ? [{ task, at: fact.at, action: fact.action }] : [];
  });
  return { items: await rowsOf(deps, actor, entries), nextCursor: page.nextCursor };
}

/** The boxes whose rows are cases; a kind of task or a deadline means one that is open in the case. */
async function casesOf(
  deps: ApiDeps,
  actor: Actor,
  criteria: InboxCriteria,
): Promise<Pick<CaseQuery, 'wanted' | 'readable'>> {
  const ofTask = taskConditions(criteria);
  const open = Prisma.sql`(SELECT true FROM tasks t WHERE t.case_id = c.id AND t.status = 'open' AND ${all(ofTask)} LIMIT 1)`;
  const conditions = [...(ofTask.length > 0 ? [open] : []), ...caseConditions(criteria)];
  if (criteria.box === 'initiated')
    return { wanted: all([Prisma.sql`c.submitter_id = ${actor.personId}`, ...conditions]), readable: null };
  const copied = Prisma.sql`c.id IN (SELECT case_id FROM copies WHERE person_id = ${actor.personId})`;
  const { condition } = await readableCases(deps, actor);
  return { wanted: all([copied, ...conditions]), readable: { condition, among: null } };
}

type Decided = {
  readonly caseId: string;
  readonly seq: number;
  readonly at: Date;
  readonly action: string | null;
  readonly taskId: string;
};

async function cases(deps: ApiDeps, query: CaseQuery): Promise<Page<InboxRow>> {
  const { items, nextCursor } = await casePage(deps, query);
  const summaries = await caseSummaries(deps.prisma, items);
  return {
    items: summaries.map((summary) => ({ task: null, case: summary, at: summary.openedAt, action: null })),
    nextCursor,
  };
}

async function rowsOf(
  deps: ApiDeps,
  actor: Actor,
  entries: readonly { readonly task: Task; readonly at: Date; readonly action: string | null }[],
): Promise<InboxRow[]> {
  const rows = await deps.prisma.case.findMany({ where: { id: { in: entries.map(({ task }) => task.caseId) } } });
  const summaries = new Map((await caseSummaries(deps.prisma, rows)).map((summary) => [summary.id, summary]));
  const tasks = await taskSummaries(
    deps,
    actor,
    entries.map(({ task }) => task),
    new Map(rows.map((row) => [row.id, row.process])),
  );
  return entries.flatMap(({ task, at, action }, index) => {
    const summary = summaries.get(task.caseId);
    const shown = tasks[index];
    return summary && shown ? [{ task: shown, case: summary, at: timeOf(at), action }] : [];
  });
}
