import type { Actor } from '../../cases/actor.ts';
import { Prisma, type Task } from '../../prisma/generated/client.ts';
import type { Page } from '../contract/shared.ts';
import type { Box, InboxRow } from '../contract/tasks.ts';
import type { ApiDeps } from '../deps.ts';
import { type CaseQuery, casePage } from './casePages.ts';
import { caseSummaries } from './caseSummaries.ts';
import { timeOf } from './days.ts';
import { delegatedTasks } from './delegatedTasks.ts';
import { ownAndSharedKeys } from './holders.ts';
import { keyOf, pageOf } from './pages.ts';
import { readableCases } from './readableCases.ts';
import { taskSummaries } from './taskSummaries.ts';

export type InboxQuery = {
  readonly box: Box;
  readonly kind?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** One box of the inbox: tasks by deadline, the earliest first; what is past, the latest first. */
export async function inbox(deps: ApiDeps, actor: Actor, query: InboxQuery): Promise<Page<InboxRow>> {
  switch (query.box) {
    case 'mine':
    case 'group':
    case 'delegated':
      return openTasks(deps, actor, query);
    case 'decided':
      return decided(deps, actor, query);
    case 'initiated':
      return cases(deps, { ...query, wanted: Prisma.sql`c.submitter_id = ${actor.personId}`, readable: null });
    case 'copied': {
      const wanted = Prisma.sql`c.id IN (SELECT case_id FROM copies WHERE person_id = ${actor.personId})`;
      const { condition } = await readableCases(deps, actor);
      return cases(deps, { ...query, wanted, readable: { condition, among: null } });
    }
  }
}

/** How many open tasks wait in a box. */
export async function countTasks(deps: ApiDeps, actor: Actor, box: 'mine' | 'group' | 'delegated'): Promise<number> {
  return deps.prisma.task.count({ where: await waiting(deps, actor, box) });
}

/** `mine` is what no other could answer; `group` what a role shares and nobody has claimed. */
async function waiting(deps: ApiDeps, actor: Actor, box: Box): Promise<Prisma.TaskWhereInput> {
  if (box === 'delegated') {
    const delegated = await delegatedTasks(deps, actor);
    return { status: 'open', OR: delegated.map(({ where }) => where) };
  }
  const { own, shared } = await ownAndSharedKeys(deps.prisma, actor);
  const isOwn: Prisma.TaskWhereInput = { assigneeId: null, candidates: { hasSome: own } };
  if (box === 'mine') return { status: 'open', OR: [{ assigneeId: actor.personId }, isOwn] };
  return { status: 'open', assigneeId: null, candidates: { hasSome: shared }, NOT: isOwn };
}

const NEVER = new Date('9999-01-01T00:00:00Z');

async function openTasks(
  deps: ApiDeps,
  actor: Actor,
  { box, kind, cursor, limit }: InboxQuery,
): Promise<Page<InboxRow>> {
  const after = keyOf(cursor, 'instant', 'text');
  const where: Prisma.TaskWhereInput[] = [await waiting(deps, actor, box)];
  if (kind) where.push({ kind });
  if (after) {
    const [due, id] = after;
    // Tasks without a deadline come last.
    if (due >= NEVER) where.push({ dueAt: null, id: { gt: id } });
    else where.push({ OR: [{ dueAt: null }, { dueAt: { gt: due } }, { dueAt: due, id: { gt: id } }] });
  }
  const tasks = await deps.prisma.task.findMany({
    where: { AND: where },
    orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    take: limit + 1,
  });
  const page = pageOf(tasks, limit, (task) => [timeOf(task.dueAt ?? NEVER), task.id]);
  return {
    items: await rowsOf(
      deps,
      actor,
      page.items.map((task) => ({ task, at: task.openedAt, action: null })),
    ),
    nextCursor: page.nextCursor,
  };
}

async function decided(deps: ApiDeps, actor: Actor, { kind, cursor, limit }: InboxQuery): Promise<Page<InboxRow>> {
  const [at, caseId, seq] = keyOf(cursor, 'instant', 'text', 'number') ?? [NEVER, '', 0];
  const { condition } = await readableCases(deps, actor);
  const ofKind = kind ? Prisma.sql`(SELECT t.kind FROM tasks t WHERE t.id = f.task_id) = ${kind}` : Prisma.sql`true`;
  const { rows: facts } = await deps.pool.query<Decided>(
    Prisma.sql`SELECT f.case_id AS "caseId", f.seq, f.at, f.action, f.task_id AS "taskId" FROM facts f JOIN cases c ON c.id = f.case_id
      WHERE f.actor_id = ${actor.personId} AND f.kind IN ('decided', 'voted', 'recused', 'recorded', 'overridden') AND f.task_id IS NOT NULL
        AND (f.at, f.case_id, f.seq) < (${at}, ${caseId}, ${seq}) AND ${ofKind} AND ${condition}
      ORDER BY f.at DESC, f.case_id DESC, f.seq DESC LIMIT ${limit + 1}`,
  );
  const page = pageOf(facts, limit, (fact) => [timeOf(fact.at), fact.caseId, fact.seq]);
  const tasks = await deps.prisma.task.findMany({
    where: { id: { in: page.items.map((fact) => fact.taskId) } },
  });
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const entries = page.items.flatMap((fact) => {
    const task = byId.get(fact.taskId);
    return task ? [{ task, at: fact.at, action: fact.action }] : [];
  });
  return { items: await rowsOf(deps, actor, entries), nextCursor: page.nextCursor };
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
